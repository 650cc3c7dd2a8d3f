-- SPDX-License-Identifier: EUPL-1.2
--
-- Print runs of letters: which notices each has, and nothing of whom they go to. The letters are drawn from the people vault whenever somebody prints.

CREATE SEQUENCE notice_run_number START WITH 1;

CREATE TABLE notice_run (
    run_id     bigint  PRIMARY KEY,
    circuit_id integer NOT NULL,
    made_by    bigint  NOT NULL,
    made_ms    bigint  NOT NULL
);
CREATE INDEX notice_run_by_circuit ON notice_run (circuit_id, run_id);
COMMENT ON COLUMN notice_run.made_ms IS 'The date of its letters, however often they are drawn';

ALTER TABLE notice ADD COLUMN run_id bigint REFERENCES notice_run;
COMMENT ON COLUMN notice.run_id IS 'Of a letter: the print run that it belongs to';
CREATE INDEX notice_by_run ON notice (run_id, notice_id) WHERE run_id IS NOT NULL;
