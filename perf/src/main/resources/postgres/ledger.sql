-- SPDX-License-Identifier: EUPL-1.2
-- A ledger as one would write it in Postgres alone, in a schema of its own ({schema}): what the pipeline is compared with.
CREATE SCHEMA {schema};
SET search_path = {schema};

-- Room in each page for new versions of its rows: an update then touches no index.
CREATE TABLE account (
    account_id bigint PRIMARY KEY,
    debits bigint NOT NULL DEFAULT 0,
    credits bigint NOT NULL DEFAULT 0,
    CONSTRAINT covered CHECK (debits <= credits)
) WITH (fillfactor = 50);

CREATE TABLE transfer (
    key_hi bigint NOT NULL,
    key_lo bigint NOT NULL,
    debit_account_id bigint NOT NULL,
    credit_account_id bigint NOT NULL,
    cents bigint NOT NULL,
    outcome smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (key_hi, key_lo)
);

-- One transfer: 0 done, 1 not enough money. The same key again: its outcome, and nothing else.
-- Wallets pay and shops are paid, so two transfers never wait for each other in a circle.
CREATE FUNCTION transfer_one(hi bigint, lo bigint, debit bigint, credit bigint, amount bigint) RETURNS smallint
LANGUAGE plpgsql SET search_path = {schema} AS $$
DECLARE
    known smallint;
BEGIN
    INSERT INTO transfer VALUES (hi, lo, debit, credit, amount) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT outcome INTO known FROM transfer WHERE key_hi = hi AND key_lo = lo;
        RETURN known;
    END IF;
    UPDATE account SET debits = debits + amount WHERE account_id = debit AND debits + amount <= credits;
    IF NOT FOUND THEN
        UPDATE transfer SET outcome = 1 WHERE key_hi = hi AND key_lo = lo;
        RETURN 1;
    END IF;
    UPDATE account SET credits = credits + amount WHERE account_id = credit;
    RETURN 0;
END $$;

-- Many transfers at once, as sets: all rows in one insert, each account changed once. When the money of some account might not last, one by
-- one after all. Returns how many were done.
CREATE FUNCTION transfer_batch(his bigint[], los bigint[], debits_of bigint[], credits_of bigint[], amounts bigint[]) RETURNS bigint
LANGUAGE plpgsql SET search_path = {schema} AS $$
DECLARE
    covered boolean;
    done bigint;
BEGIN
    -- In the order of their ids, so that two batches never wait for each other in a circle.
    SELECT bool_and(enough) INTO covered FROM (
        SELECT a.debits + m.debit <= a.credits AS enough
        FROM account AS a
        JOIN (SELECT account_id, sum(debit) AS debit
              FROM (SELECT * FROM unnest(debits_of, amounts) AS d (account_id, debit)
                    UNION ALL SELECT account_id, 0 FROM unnest(credits_of) AS c (account_id)) AS sides
              GROUP BY account_id) AS m ON m.account_id = a.account_id
        ORDER BY a.account_id FOR NO KEY UPDATE OF a) AS locked;
    IF covered THEN
        WITH fresh AS (
            INSERT INTO transfer SELECT * FROM unnest(his, los, debits_of, credits_of, amounts)
            ON CONFLICT DO NOTHING
            RETURNING debit_account_id, credit_account_id, cents
        ), moved AS (
            SELECT account_id, sum(debit)::bigint AS debit, sum(credit)::bigint AS credit
            FROM (SELECT debit_account_id AS account_id, cents AS debit, 0 AS credit FROM fresh
                  UNION ALL SELECT credit_account_id, 0, cents FROM fresh) AS sides
            GROUP BY account_id
        ), changed AS (
            UPDATE account AS a SET debits = a.debits + m.debit, credits = a.credits + m.credit
            FROM moved AS m WHERE a.account_id = m.account_id
        )
        SELECT count(*) INTO done FROM fresh;
    ELSE
        SELECT count(*) INTO done
        FROM unnest(his, los, debits_of, credits_of, amounts) AS u (hi, lo, debit, credit, amount)
        WHERE transfer_one(u.hi, u.lo, u.debit, u.credit, u.amount) = 0;
    END IF;
    RETURN done;
END $$;
