-- The rows of csomap's pairs by hand: topic and district level, at least one day, no filters.
-- Tables as in overlaps.sql. The cases (equal, one above the other) exclude each other: no pair comes twice.
WITH active AS MATERIALIZED (
    SELECT row_number() OVER () AS act, a.activity_id, a.organisation, a.project_id, a.programme_organisation,
        a.funder, a.function, a.population_group, a.characteristic, a.pcode, a.site_key,
        s.svc, s.svc_at, s.svc_chain, substr(a.pcode, 1, 8) AS area, length(a.pcode) >= 8 AS area_at,
        a.start::DATE AS start, a."end"::DATE AS stop,
        coalesce(a.start::DATE, DATE '0001-01-01') AS open_start, coalesce(a."end"::DATE, DATE '9998-12-31') AS open_stop
    FROM activities a JOIN steps s USING (service)
    WHERE a.status NOT IN ('planned', 'cancelled') AND (a.start <= a."end" OR a.start IS NULL OR a."end" IS NULL)
),
slim AS MATERIALIZED (
    SELECT act, hash(organisation) AS org, svc, area, population_group AS grp, characteristic AS trait,
        function AS work, open_start, open_stop FROM active
),
svc_up AS MATERIALIZED (
    SELECT DISTINCT svc, above FROM (SELECT svc, unnest(svc_chain) AS above FROM steps) WHERE above <> svc
),
area_up AS MATERIALIZED (
    SELECT DISTINCT area, above FROM (
        SELECT area, unnest(['', substr(area, 1, 5)]) AS above FROM (SELECT DISTINCT area FROM active)
    ) WHERE above <> area
),
area_from AS MATERIALIZED (
    SELECT area, above FROM area_up UNION ALL SELECT DISTINCT area, area FROM active
),
coarse AS MATERIALIZED (SELECT slim.* FROM slim JOIN active USING (act) WHERE NOT (svc_at AND area_at)),
met AS (
    SELECT x.act AS x, y.act AS y, x.grp AS x_grp, y.grp AS y_grp, x.trait AS x_trait, y.trait AS y_trait,
        x.work AS x_work, y.work AS y_work
    FROM slim x JOIN slim y ON x.svc = y.svc AND x.area = y.area
    WHERE x.act < y.act AND x.org <> y.org AND x.open_start <= y.open_stop AND y.open_start <= x.open_stop
    UNION ALL
    SELECT x.act, y.act, x.grp, y.grp, x.trait, y.trait, x.work, y.work
    FROM coarse x JOIN (
        SELECT slim.* EXCLUDE (svc, area), s.above AS svc, a.above AS area
        FROM slim JOIN svc_up s USING (svc) JOIN area_from a USING (area)
    ) y ON x.svc = y.svc AND x.area = y.area
    WHERE x.org <> y.org AND x.open_start <= y.open_stop AND y.open_start <= x.open_stop
    UNION ALL
    SELECT x.act, y.act, x.grp, y.grp, x.trait, y.trait, x.work, y.work
    FROM (SELECT coarse.* EXCLUDE (area), above AS area FROM coarse JOIN area_up USING (area)) x
    JOIN (SELECT coarse.* EXCLUDE (svc), above AS svc FROM coarse JOIN svc_up USING (svc)) y
        ON x.svc = y.svc AND x.area = y.area
    WHERE x.org <> y.org AND x.open_start <= y.open_stop AND y.open_start <= x.open_stop
    UNION ALL
    SELECT x.act, y.act, x.grp, y.grp, x.trait, y.trait, x.work, y.work
    FROM coarse x JOIN (SELECT slim.* EXCLUDE (area), above AS area FROM slim JOIN area_up USING (area)) y
        ON x.svc = y.svc AND x.area = y.area
    WHERE x.org <> y.org AND x.open_start <= y.open_stop AND y.open_start <= x.open_stop
),
group_texts AS MATERIALIZED (
    SELECT grp, string_split(grp, ';') AS codes, flatten(list(above)) AS above FROM (
        SELECT grp, unnest(string_split(grp, ';')) AS code FROM (SELECT DISTINCT grp FROM slim)
    ) LEFT JOIN groups USING (code) GROUP BY grp
),
group_pairs AS MATERIALIZED (
    SELECT x.grp AS x_grp, y.grp AS y_grp, CASE WHEN x.grp = '' OR y.grp = '' THEN 'unknown'
        WHEN list_has_any(x.codes, y.codes) THEN 'same' ELSE 'nested' END AS population_relation
    FROM group_texts x, group_texts y
    WHERE x.grp = '' OR y.grp = '' OR list_has_any(x.codes, y.codes)
        OR list_has_any(x.codes, y.above) OR list_has_any(y.codes, x.above)
),
trait_texts AS MATERIALIZED (SELECT DISTINCT trait, string_split(trait, ';') AS codes FROM slim),
trait_pairs AS MATERIALIZED (
    SELECT x.trait AS x_trait, y.trait AS y_trait,
        CASE WHEN list_has_any(x.codes, y.codes) THEN 'same' ELSE 'nested' END AS characteristic_relation
    FROM trait_texts x, trait_texts y WHERE x.trait = '' OR y.trait = '' OR list_has_any(x.codes, y.codes)
),
work_texts AS MATERIALIZED (
    SELECT work, coalesce(above, '') AS above FROM (SELECT DISTINCT work FROM slim) LEFT JOIN functions ON code = work
),
work_pairs AS MATERIALIZED (
    SELECT x.work AS x_work, y.work AS y_work FROM work_texts x, work_texts y
    WHERE x.work = '' OR y.work = '' OR x.work = y.work OR x.above = y.work OR y.above = x.work
),
fitting AS MATERIALIZED (
    SELECT x, y, population_relation, characteristic_relation FROM met
    JOIN group_pairs USING (x_grp, y_grp) JOIN trait_pairs USING (x_trait, y_trait) JOIN work_pairs USING (x_work, y_work)
),
beside AS (
    SELECT f.*, x.activity_id > y.activity_id AS turned,
        x.activity_id AS x_id, y.activity_id AS y_id, x.organisation AS x_org, y.organisation AS y_org,
        CASE WHEN x.project_id <> '' AND x.project_id = y.project_id THEN 'joint'
            WHEN contains(concat(';', x.programme_organisation, ';', x.funder, ';'), concat(';', y.organisation, ';'))
            OR contains(concat(';', y.programme_organisation, ';', y.funder, ';'), concat(';', x.organisation, ';'))
            THEN 'chain' ELSE 'overlap' END AS kind,
        CASE WHEN list_contains(x.svc_chain, y.svc) THEN y.svc ELSE x.svc END AS service,
        CASE WHEN x.svc = '' OR y.svc = '' THEN 'unknown' WHEN x.svc_at AND y.svc_at THEN 'same' ELSE 'nested' END
            AS service_relation,
        CASE WHEN x.area = '' OR y.area = '' THEN 'unknown' WHEN x.area_at AND y.area_at THEN 'same' ELSE 'nested' END
            AS area_relation,
        CASE WHEN x.start IS NOT NULL AND x.stop IS NOT NULL AND y.start IS NOT NULL AND y.stop IS NOT NULL
            THEN least(x.stop, y.stop) - greatest(x.start, y.start) + 1 END AS days,
        CASE WHEN x.site_key = '' OR y.site_key = '' THEN 'unknown' WHEN x.site_key <> y.site_key THEN 'no'
            WHEN x.pcode = y.pcode THEN 'yes'
            WHEN starts_with(x.pcode, y.pcode) OR starts_with(y.pcode, x.pcode) THEN 'unknown' ELSE 'no' END AS same_site
    FROM fitting f JOIN active x ON x.act = f.x JOIN active y ON y.act = f.y
)
SELECT CASE WHEN turned THEN y_id ELSE x_id END AS activity_a, CASE WHEN turned THEN x_id ELSE y_id END AS activity_b,
    CASE WHEN turned THEN y_org ELSE x_org END AS org_a, CASE WHEN turned THEN x_org ELSE y_org END AS org_b, kind,
    CASE WHEN service_relation = 'same' AND population_relation = 'same' AND characteristic_relation = 'same'
        AND area_relation = 'same' AND days IS NOT NULL THEN 'confirmed' ELSE 'possible' END AS grade,
    service, service_relation, population_relation, characteristic_relation, area_relation,
    CASE WHEN days IS NULL THEN 'unknown' ELSE 'same' END AS time_relation, days, same_site
FROM beside ORDER BY activity_a, activity_b
