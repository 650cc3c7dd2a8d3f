-- SPDX-License-Identifier: EUPL-1.2
--
-- Everything belongs to the group, not to the login that happened to migrate, so that operations can replace that login.

DO $$
DECLARE
    relation record;
BEGIN
    FOR relation IN
        SELECT c.oid::regclass AS name, c.relkind
        FROM pg_class c
        WHERE c.relnamespace = '${flyway:defaultSchema}'::regnamespace
          AND c.relkind IN ('r', 'v')
          AND c.relname <> 'flyway_schema_history'
    LOOP
        EXECUTE format('ALTER %s %s OWNER TO ies_projector', CASE relation.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, relation.name);
    END LOOP;
END
$$;
