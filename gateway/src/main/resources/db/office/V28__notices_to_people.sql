-- SPDX-License-Identifier: EUPL-1.2
--
-- Notices to the people that an event is about. A row has the number of the recipient and never an address or a name: those are looked up when it goes out. ops/docs/notices.md tells how.

ALTER TABLE notice_position DROP CONSTRAINT notice_position_kind_check;
ALTER TABLE notice_position ADD CONSTRAINT notice_position_kind_check CHECK (kind IN ('WALLET_RECHARGED', 'SETTLEMENT_PAID', 'POCKET_EXPIRING'));
COMMENT ON TABLE notice_position IS 'The last event of each kind that became notices. It changes in the transaction that makes them; of POCKET_EXPIRING notice_expiry tells it.';
INSERT INTO notice_position VALUES ('POCKET_EXPIRING', 0, -1);

ALTER TABLE notice DROP CONSTRAINT notice_once;
ALTER TABLE notice DROP CONSTRAINT notice_state_check;
ALTER TABLE notice ALTER COLUMN endpoint_id DROP NOT NULL;
ALTER TABLE notice
    ADD COLUMN channel      text     NOT NULL DEFAULT 'WEBHOOK' CHECK (channel IN ('WEBHOOK', 'EMAIL', 'APP_IO', 'SMS', 'LETTER')),
    ADD COLUMN recipient_id bigint   NOT NULL DEFAULT 0,
    ADD COLUMN programme_id bigint   NOT NULL DEFAULT 0,
    ADD COLUMN days         smallint NOT NULL DEFAULT 0,
    ADD COLUMN ends_ms      bigint   NOT NULL DEFAULT 0,
    ADD CONSTRAINT notice_state_check CHECK (state IN ('QUEUED', 'SENT', 'DEAD', 'DROPPED')),
    ADD CONSTRAINT notice_receiver CHECK ((channel = 'WEBHOOK') = (endpoint_id IS NOT NULL) AND (channel = 'WEBHOOK') = (recipient_id = 0));
COMMENT ON COLUMN notice.channel IS 'By which it goes, or went; what is not reached by one goes on to the next';
COMMENT ON COLUMN notice.recipient_id IS 'Person of the vault, or shop; 0 for webhooks';
COMMENT ON COLUMN notice.days IS 'Of POCKET_EXPIRING: how many days before ends_ms it is told; else 0';
COMMENT ON COLUMN notice.last_result IS 'Of the last try: status of the answer, or a word of ours; never what the other side wrote';
CREATE UNIQUE INDEX notice_once ON notice (kind, sequence, index, subject_id, programme_id, days, ends_ms, coalesce(endpoint_id, 0));
DROP INDEX notice_due;
CREATE INDEX notice_due ON notice (channel, next_ms) WHERE state = 'QUEUED';

CREATE TABLE notice_expiry (
    programme_id bigint   NOT NULL,
    days         smallint NOT NULL,
    ends_ms      bigint   NOT NULL,
    account_id   bigint   NOT NULL,
    done         boolean  NOT NULL,
    PRIMARY KEY (programme_id, days, ends_ms)
);
COMMENT ON TABLE notice_expiry IS 'How far the pockets of a programme were looked through for an end that comes. It changes in the transaction that queues.';
COMMENT ON COLUMN notice_expiry.account_id IS 'The last pocket that was looked at';

CREATE TABLE notice_contact (
    merchant_id bigint  PRIMARY KEY,
    circuit_id  integer NOT NULL,
    sealed      bytea,
    set_by      bigint  NOT NULL,
    set_ms      bigint  NOT NULL
);
COMMENT ON TABLE notice_contact IS 'Where shops want to be told';
COMMENT ON COLUMN notice_contact.sealed IS 'E-mail address under contacts.json; null = none any more. A shop may be one person.';
