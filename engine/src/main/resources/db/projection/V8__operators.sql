-- SPDX-License-Identifier: EUPL-1.2
--
-- Roles for a time, and who left.

CREATE TABLE role_appointment (
    appointment_id bigint  PRIMARY KEY,
    operator_id    bigint  NOT NULL,
    circuit_id     integer NOT NULL,
    roles          integer NOT NULL,
    from_ms        bigint  NOT NULL,
    until_ms       bigint  NOT NULL,
    reference      bigint  NOT NULL,
    granted_ms     bigint  NOT NULL,
    sequence       bigint  NOT NULL
);
COMMENT ON TABLE role_appointment IS 'Roles granted for a time by an act (GRANT_ROLES); the number is that of the proposal.';
COMMENT ON COLUMN role_appointment.roles IS 'Bits: 2 ADMIN, 4 SOCIAL, 8 TREASURER, 16 AUDITOR';
COMMENT ON COLUMN role_appointment.until_ms IS '0 = open';
COMMENT ON COLUMN role_appointment.reference IS 'Code of the act';
CREATE INDEX role_appointment_by_operator ON role_appointment (operator_id, appointment_id);

CREATE TABLE role_appointment_end (
    sequence       bigint   NOT NULL,
    index          smallint NOT NULL,
    appointment_id bigint   NOT NULL,
    operator_id    bigint   NOT NULL,
    taken_by_person_id bigint NOT NULL,
    timestamp_ms   bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE role_appointment_end IS 'Appointments that were ended before their date.';
COMMENT ON COLUMN role_appointment_end.taken_by_person_id IS 'Who took an administrator''s office away alone; 0 = no administrator''s, or one''s own';
CREATE UNIQUE INDEX role_appointment_end_by_appointment ON role_appointment_end (appointment_id);

CREATE TABLE operator_retirement (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    operator_id  bigint   NOT NULL,
    person_id    bigint   NOT NULL,
    taken_by_person_id bigint NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE operator_retirement IS 'Persons who left a circuit: every role of every login of theirs ended then.';
COMMENT ON COLUMN operator_retirement.taken_by_person_id IS 'Who took an administrator''s office away alone; 0 = no administrator''s, or one''s own';
CREATE INDEX operator_retirement_by_person ON operator_retirement (circuit_id, person_id, sequence);

-- Every grant of roles with when it ended: without end (appointment_id null) by the next such grant, for a time by its date or before it, all by a retirement.
CREATE VIEW role_grant AS
WITH grants AS (
    SELECT NULL::bigint AS appointment_id, a.operator_id, a.circuit_id, a.roles, a.effective_at_ms AS from_ms, NULL::bigint AS until_ms,
           NULL::bigint AS reference, a.timestamp_ms AS granted_ms, a.sequence,
           lead(a.timestamp_ms) OVER (PARTITION BY a.operator_id ORDER BY a.sequence, a.index) AS ended_ms
      FROM operator_appointment a
    UNION ALL
    SELECT a.appointment_id, a.operator_id, a.circuit_id, a.roles, a.from_ms, nullif(a.until_ms, 0), a.reference, a.granted_ms, a.sequence, e.timestamp_ms
      FROM role_appointment a LEFT JOIN role_appointment_end e USING (appointment_id)
)
SELECT g.appointment_id, g.operator_id, g.circuit_id, o.person_id, g.roles, g.from_ms, g.until_ms, g.reference, g.granted_ms, g.sequence,
       least(g.ended_ms, (SELECT min(r.timestamp_ms) FROM operator_retirement r
                           WHERE r.circuit_id = g.circuit_id AND r.person_id = o.person_id AND r.sequence > g.sequence)) AS ended_ms
  FROM grants g JOIN operator o USING (operator_id)
 WHERE g.roles <> 0;
COMMENT ON VIEW role_grant IS 'Roles that operators have or had. A grant without end that replaces another also carries roles that went on working: from_ms is when what it added works.';

-- Each role that an operator has or is going to have. One granted without end works from the first of its unbroken run of appointments that had begun when
-- the next came: one that still waits and is granted again waits anew.
CREATE VIEW operator_role AS
WITH appointed AS (
    SELECT a.*, lead(a.timestamp_ms) OVER (PARTITION BY a.operator_id ORDER BY a.sequence, a.index) AS next_ms
      FROM operator_appointment a
     WHERE NOT EXISTS (SELECT FROM operator_retirement r
                        WHERE r.circuit_id = a.circuit_id AND r.person_id = a.person_id AND r.sequence > a.sequence)
), bit AS (SELECT unnest(ARRAY[1, 2, 4, 8, 16]) AS role)
SELECT NULL::bigint AS appointment_id, a.operator_id, b.role, min(a.effective_at_ms) AS from_ms, NULL::bigint AS until_ms, NULL::bigint AS reference
  FROM appointed a CROSS JOIN bit b
 WHERE (a.roles & b.role) <> 0
   AND (a.next_ms IS NULL OR a.effective_at_ms <= a.next_ms)
   AND NOT EXISTS (SELECT FROM appointed later
                    WHERE later.operator_id = a.operator_id AND (later.sequence, later.index) > (a.sequence, a.index) AND (later.roles & b.role) = 0)
 GROUP BY a.operator_id, b.role
UNION ALL
SELECT a.appointment_id, a.operator_id, b.role, a.from_ms, nullif(a.until_ms, 0), a.reference
  FROM role_appointment a JOIN operator o USING (operator_id) CROSS JOIN bit b
 WHERE (a.roles & b.role) <> 0
   AND NOT EXISTS (SELECT FROM role_appointment_end e WHERE e.appointment_id = a.appointment_id)
   AND NOT EXISTS (SELECT FROM operator_retirement r
                    WHERE r.circuit_id = a.circuit_id AND r.person_id = o.person_id AND r.sequence > a.sequence);
COMMENT ON VIEW operator_role IS 'In force while from_ms <= now < until_ms.';

GRANT SELECT, INSERT, UPDATE, DELETE ON role_appointment, role_appointment_end, operator_retirement TO ies_projector;
GRANT SELECT ON role_appointment, role_appointment_end, operator_retirement, role_grant, operator_role TO ies_reader;
