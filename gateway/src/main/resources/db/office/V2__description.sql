-- SPDX-License-Identifier: EUPL-1.2
--
-- What people call the things of the core: circuits, programmes, shops, outlets. A sole trader's name is personal data, so it is here and not in the journal.

CREATE TABLE description (
    kind       text    NOT NULL,
    id         bigint  NOT NULL,
    circuit_id integer NOT NULL,
    data       jsonb   NOT NULL,
    PRIMARY KEY (kind, id)
);
COMMENT ON COLUMN description.kind IS 'Kind of identifier: CIRCUIT, PROGRAMME, MERCHANT, OUTLET';
