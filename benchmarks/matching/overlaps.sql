-- The rows of csomap's overlaps by hand: topic and district level, at least one day, no filters.
-- Tables: activities, steps (service, svc, svc_at, svc_chain), groups (code, above), functions (code, above).
-- Everything that is compared is turned into whole numbers first; one cell is one BIGINT.
WITH active AS MATERIALIZED (
    SELECT a.activity_id, a.organisation, a.organisation_type, a.project_id, a.programme_organisation,
        a.funder, a.function, coalesce(f.above, '') AS function_above, a.population_group,
        a.characteristic, a.pcode, a.site_key, s.svc, s.svc_at, substr(a.pcode, 1, 8) AS area,
        length(a.pcode) >= 8 AS area_at, a.start::DATE AS start, a."end"::DATE AS stop
    FROM activities a JOIN steps s USING (service) LEFT JOIN functions f ON f.code = a.function
    WHERE a.status NOT IN ('planned', 'cancelled') AND (a.start <= a."end" OR a.start IS NULL OR a."end" IS NULL)
),
orgs AS MATERIALIZED (
    SELECT organisation, row_number() OVER (ORDER BY organisation) AS org
    FROM (SELECT DISTINCT organisation FROM active)
),
areas AS MATERIALIZED (
    SELECT area, row_number() OVER (ORDER BY area) AS area_no FROM (SELECT DISTINCT area FROM active)
),
svcs AS MATERIALIZED (
    SELECT svc, row_number() OVER (ORDER BY svc) AS svc_no FROM (SELECT DISTINCT svc FROM active)
),
group_texts AS MATERIALIZED (
    SELECT population_group, unnest(string_split(population_group, ';')) AS grp
    FROM (SELECT DISTINCT population_group FROM active)
),
grps AS MATERIALIZED (
    SELECT grp, row_number() OVER (ORDER BY grp) AS grp_no FROM (SELECT DISTINCT grp FROM group_texts)
),
trait_texts AS MATERIALIZED (
    SELECT characteristic, unnest(string_split(characteristic, ';')) AS trait
    FROM (SELECT DISTINCT characteristic FROM active)
),
traits AS MATERIALIZED (
    SELECT trait, row_number() OVER (ORDER BY trait) AS trait_no FROM (SELECT DISTINCT trait FROM trait_texts)
),
works AS MATERIALIZED (
    SELECT work, coalesce(f.above, '') AS work_above, row_number() OVER (ORDER BY work) AS work_no
    FROM (SELECT DISTINCT function AS work FROM active UNION SELECT '') LEFT JOIN functions f ON f.code = work
),
group_nos AS MATERIALIZED (SELECT population_group, grp_no FROM group_texts JOIN grps USING (grp)),
trait_nos AS MATERIALIZED (SELECT characteristic, trait_no FROM trait_texts JOIN traits USING (trait)),
spread AS MATERIALIZED (
    SELECT a.activity_id, a.organisation_type, a.project_id, a.programme_organisation, a.funder, a.function,
        a.function_above, a.pcode, a.site_key, a.start, a.stop, o.org,
        a.svc_at AND a.area_at AND population_group <> '' AND start IS NOT NULL AND stop IS NOT NULL AS exact,
        ((area_no * 1024 + svc_no) * 256 + grp_no) * 256 + trait_no AS place
    FROM active a JOIN orgs o USING (organisation) JOIN areas USING (area) JOIN svcs USING (svc)
    JOIN group_nos USING (population_group) JOIN trait_nos USING (characteristic)
),
several AS MATERIALIZED (SELECT place FROM spread WHERE exact GROUP BY place HAVING min(org) <> max(org)),
inside AS MATERIALIZED (SELECT * FROM spread SEMI JOIN several USING (place) WHERE exact),
named_works AS (
    SELECT DISTINCT place, function AS work, function_above AS work_above FROM inside WHERE function <> ''
),
known AS (
    SELECT * FROM named_works n
    WHERE NOT EXISTS (FROM named_works b WHERE b.place = n.place AND b.work_above = n.work)
),
cells AS MATERIALIZED (
    SELECT e.* EXCLUDE (exact), w.work, w.work_above, e.place * 256 + work_no AS cell
    FROM inside e LEFT JOIN known k USING (place) JOIN works w ON w.work = coalesce(k.work, '')
    WHERE (e.function = '' OR e.function = w.work OR e.function = w.work_above)
),
busy AS MATERIALIZED (SELECT cell FROM cells GROUP BY cell HAVING min(org) <> max(org)),
spans AS (SELECT cell, org, start, stop FROM cells SEMI JOIN busy USING (cell)),
presence AS (
    SELECT cell, min(start) AS start, max(stop) AS stop FROM (
        SELECT *, count(*) FILTER (start > before) OVER (PARTITION BY cell, org ORDER BY start, stop
            ROWS UNBOUNDED PRECEDING) AS nth
        FROM (SELECT *, max(stop) OVER (PARTITION BY cell, org ORDER BY start, stop
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM spans)
    ) GROUP BY cell, org, nth
),
shared AS (
    SELECT cell, start, least(stop, before) AS stop FROM (
        SELECT *, max(stop) OVER (PARTITION BY cell ORDER BY start, stop
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM presence
    ) WHERE before >= start
),
runs AS MATERIALIZED (
    SELECT row_number() OVER () AS run, * FROM (
        SELECT cell, min(start) AS run_start, max(stop) AS run_end FROM (
            SELECT *, count(*) FILTER (start > before + 1) OVER (PARTITION BY cell ORDER BY start, stop
                ROWS UNBOUNDED PRECEDING) AS nth
            FROM (SELECT *, max(stop) OVER (PARTITION BY cell ORDER BY start, stop
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM shared)
        ) GROUP BY cell, nth
    )
),
members AS MATERIALIZED (
    SELECT r.run, r.cell, r.run_start, r.run_end, c.* EXCLUDE (cell, place)
    FROM cells c JOIN runs r USING (cell) WHERE c.start <= r.run_end AND c.stop >= r.run_start
),
name_texts AS MATERIALIZED (
    SELECT text, org AS named FROM (
        SELECT text, unnest(string_split(text, ';')) AS organisation FROM (
            SELECT programme_organisation AS text FROM active UNION SELECT funder FROM active
        ) WHERE text <> ''
    ) JOIN orgs USING (organisation)
),
named AS MATERIALIZED (
    SELECT run, activity_id, org, named FROM members JOIN name_texts ON text = programme_organisation WHERE named <> org
    UNION ALL
    SELECT run, activity_id, org, named FROM members JOIN name_texts ON text = funder WHERE named <> org
),
namings AS MATERIALIZED (
    SELECT n.* FROM named n SEMI JOIN members m ON m.run = n.run AND m.org = n.named
),
joint AS (
    SELECT run, project_id FROM members WHERE project_id <> ''
    GROUP BY run, project_id HAVING min(org) <> max(org)
),
tied AS (
    SELECT run, activity_id FROM members SEMI JOIN joint USING (run, project_id)
    UNION SELECT run, activity_id FROM namings
    UNION SELECT m.run, m.activity_id FROM members m SEMI JOIN namings n ON n.run = m.run AND n.named = m.org
),
free AS MATERIALIZED (SELECT DISTINCT run FROM members ANTI JOIN tied USING (run, activity_id)),
left_over AS MATERIALIZED (SELECT * FROM members ANTI JOIN free USING (run)),
kept AS MATERIALIZED (
    SELECT run FROM free UNION
    SELECT a.run FROM left_over a JOIN left_over b ON a.run = b.run AND a.org < b.org
    WHERE a.start <= b.stop AND b.start <= a.stop AND (a.project_id = '' OR a.project_id <> b.project_id)
        AND NOT EXISTS (FROM namings n WHERE n.run = a.run AND n.activity_id = a.activity_id AND n.named = b.org)
        AND NOT EXISTS (FROM namings n WHERE n.run = a.run AND n.activity_id = b.activity_id AND n.named = a.org)
),
told AS MATERIALIZED (SELECT m.*, organisation FROM members m SEMI JOIN kept USING (run) JOIN orgs USING (org)),
-- Spans that share a site or a funder and a day: an island of spans with two organisations has such a pair.
sited AS (
    SELECT run, org, start, stop, pcode, site_key FROM told WHERE site_key <> ''
),
site_twice AS (
    SELECT s.* FROM sited s SEMI JOIN (
        SELECT run, pcode, site_key FROM sited GROUP BY ALL HAVING min(org) <> max(org)
    ) USING (run, pcode, site_key)
),
site_met AS MATERIALIZED (
    SELECT DISTINCT run FROM (
        SELECT *, count(*) FILTER (start > before) OVER (PARTITION BY run, pcode, site_key ORDER BY start, stop
            ROWS UNBOUNDED PRECEDING) AS nth
        FROM (SELECT *, max(stop) OVER (PARTITION BY run, pcode, site_key ORDER BY start, stop
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM site_twice)
    ) GROUP BY run, pcode, site_key, nth HAVING min(org) <> max(org)
),
funder_texts AS MATERIALIZED (
    SELECT funder, unnest(string_split(funder, ';')) AS one FROM (SELECT DISTINCT funder FROM active WHERE funder <> '')
),
funded AS (SELECT run, org, start, stop, one FROM told JOIN funder_texts USING (funder)),
funder_twice AS (
    SELECT f.* FROM funded f SEMI JOIN (
        SELECT run, one FROM funded GROUP BY ALL HAVING min(org) <> max(org)
    ) USING (run, one)
),
funder_met AS MATERIALIZED (
    SELECT DISTINCT run FROM (
        SELECT *, count(*) FILTER (start > before) OVER (PARTITION BY run, one ORDER BY start, stop
            ROWS UNBOUNDED PRECEDING) AS nth
        FROM (SELECT *, max(stop) OVER (PARTITION BY run, one ORDER BY start, stop
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM funder_twice)
    ) GROUP BY run, one, nth HAVING min(org) <> max(org)
),
grouped AS (
    SELECT run, cell, run_start, run_end, max(work) AS work, max(work_above) AS work_above,
        CASE WHEN bool_or(function = work) THEN max(work) ELSE max(function) END AS told,
        list_sort(list_distinct(list(organisation))) AS orgs,
        count(*) AS activity_count, array_to_string(list_sort(list(activity_id)), ';') AS activity_ids,
        count(DISTINCT org) FILTER (organisation_type = 'cso') AS cso_count,
        bool_and(funder <> '') AS funded, bool_and(site_key <> '') AS sited
    FROM told GROUP BY run, cell, run_start, run_end
),
rows AS MATERIALIZED (
    SELECT * FROM (
        SELECT *, row_number() OVER (PARTITION BY cell // 256, told, run_start, activity_ids ORDER BY work) AS nth
        FROM grouped
    ) WHERE nth = 1
),
-- What could belong: each cell looks up every combination of codes at or above its own.
area_up AS (
    SELECT own.area_no, up.area_no AS up FROM areas own
    JOIN areas up ON up.area IN ('', substr(own.area, 1, 5), own.area) WHERE length(own.area) = 8
),
svc_up AS (
    SELECT own.svc_no, up.svc_no AS up FROM (
        SELECT DISTINCT svc, unnest(svc_chain) AS above FROM steps WHERE svc_at
    ) JOIN svcs own USING (svc) JOIN svcs up ON up.svc = above
),
grp_up AS (
    SELECT DISTINCT own.grp_no, up.grp_no AS up FROM (
        SELECT code, unnest(list_concat(['', code], above)) AS above FROM groups
    ) JOIN grps own ON own.grp = code JOIN grps up ON up.grp = above
),
trait_up AS (
    SELECT own.trait_no, up.trait_no AS up FROM traits own JOIN traits up ON up.trait IN ('', own.trait)
),
places AS (SELECT DISTINCT cell // 256 AS place FROM rows),
above AS (
    SELECT place, ((a.up * 1024 + s.up) * 256 + g.up) * 256 + t.up AS up
    FROM places JOIN area_up a ON a.area_no = place // 67108864
    JOIN svc_up s ON s.svc_no = place // 65536 % 1024
    JOIN grp_up g ON g.grp_no = place // 256 % 256 JOIN trait_up t ON t.trait_no = place % 256
),
candidates AS MATERIALIZED (
    SELECT place * 2 AS looked, activity_id, org, function, function_above,
        coalesce(start, DATE '0001-01-01') AS start, coalesce(stop, DATE '9998-12-31') AS stop FROM spread
    UNION ALL
    SELECT place * 2 + 1, activity_id, org, function, function_above,
        coalesce(start, DATE '0001-01-01'), coalesce(stop, DATE '9998-12-31')
    FROM spread WHERE start IS NULL OR stop IS NULL
),
looked AS MATERIALIZED (
    SELECT place, up * 2 + (up = place)::INT AS looked FROM above
    SEMI JOIN candidates c ON c.looked = up * 2 + (up = place)::INT
),
-- In steps of their own, lest the planner join runs and candidates by their dates first.
asked AS MATERIALIZED (
    SELECT run, run_start, run_end, told, CASE WHEN told = work THEN work_above ELSE '' END AS told_above, looked
    FROM rows JOIN looked ON place = cell // 256
),
met AS MATERIALIZED (
    SELECT run, activity_id, org FROM asked JOIN candidates c USING (looked)
    WHERE c.start <= run_end AND c.stop >= run_start AND (c.function = '' OR told = '' OR c.function = told
        OR c.function_above = told OR told_above = c.function)
),
possible AS (
    SELECT run, count(DISTINCT activity_id) AS possible_count
    FROM met ANTI JOIN (SELECT DISTINCT run, org FROM told) USING (run, org) GROUP BY run
)
SELECT
    'o-' || substr(md5(concat_ws(chr(31), svc, grp, trait, area, told, org_ids, run_start::TIMESTAMP)), 1, 12) AS overlap_id,
    svc AS service, grp AS population_group, trait AS characteristic, area AS pcode,
    run_start AS start, run_end AS "end", run_end - run_start + 1 AS days,
    len(orgs) AS org_count, org_ids, activity_count, activity_ids,
    CASE WHEN run IN (FROM site_met) THEN 'yes' WHEN sited THEN 'no' ELSE 'unknown' END AS same_site,
    cso_count, CASE WHEN funded THEN 'yes' ELSE 'no' END AS funders_known,
    CASE WHEN run IN (FROM funder_met) THEN 'yes' WHEN funded THEN 'no' ELSE 'unknown' END AS same_funder,
    coalesce(possible_count, 0) AS possible_count, 'undecided' AS verdict
FROM (SELECT *, array_to_string(orgs, ';') AS org_ids FROM rows)
LEFT JOIN possible USING (run)
JOIN areas ON area_no = cell // 17179869184 JOIN svcs ON svc_no = cell // 16777216 % 1024
JOIN grps ON grp_no = cell // 65536 % 256 JOIN traits ON trait_no = cell // 256 % 256
ORDER BY org_count DESC, days DESC, overlap_id
