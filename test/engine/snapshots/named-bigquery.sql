--
-- It reads the assignments and the panel, changes nothing, and returns counts; no row of a user leaves the warehouse.
-- Save it as counts.sql and run it, with a header line in the CSV:
--   bq query --use_legacy_sql=false --format=csv --max_rows=1000000000 < counts.sql > counts.csv
-- Then judge the counts, with the definitions if there are any:
--   traitleak audit --counts counts.csv --definitions DEFINITIONS
--
-- The result holds counts of single people: small cells are hidden by traitleak, in its outputs, not here.
-- Treat the CSV as confidential as the panel itself, and delete it after the audit.

WITH tl_assignment_row AS (
  SELECT NULLIF(CAST(r.`user_id` AS STRING), '') AS user_key, NULLIF(CAST(r.`segment_id` AS STRING), '') AS segment_key
  FROM `export`.`members` r
),
tl_membership AS (
  SELECT user_key, segment_key
  FROM tl_assignment_row WHERE user_key IS NOT NULL AND segment_key IS NOT NULL
  GROUP BY user_key, segment_key
),
tl_panel_row AS (
  SELECT NULLIF(CAST(r.`user_id` AS STRING), '') AS user_key,
    CASE WHEN LOWER(CAST(r.`sexual_orientation` AS STRING)) IN ('', 'unknown', 'not known', 'prefer not to say', 'prefer not to answer', 'not declared', 'not stated', 'n/a') THEN NULL ELSE CAST(r.`sexual_orientation` AS STRING) END AS t0,
    CASE WHEN LOWER(CAST(r.`ethnicity` AS STRING)) IN ('', 'unknown', 'not known', 'prefer not to say', 'prefer not to answer', 'not declared', 'not stated', 'n/a') THEN NULL ELSE CAST(r.`ethnicity` AS STRING) END AS t1,
    CASE WHEN LOWER(CAST(r.`sex` AS STRING)) IN ('', 'unknown', 'not known', 'prefer not to say', 'prefer not to answer', 'not declared', 'not stated', 'n/a') THEN NULL ELSE CAST(r.`sex` AS STRING) END AS t2,
    CASE WHEN LOWER(CAST(r.`age_band` AS STRING)) IN ('', 'unknown', 'not known', 'prefer not to say', 'prefer not to answer', 'not declared', 'not stated', 'n/a') THEN NULL ELSE CAST(r.`age_band` AS STRING) END AS t3,
    COALESCE(CAST(r.`country` AS STRING), '') AS stratum
  FROM `panel` r
),
tl_panel_distinct AS (
  SELECT DISTINCT user_key, t0, t1, t2, t3, stratum
  FROM tl_panel_row WHERE user_key IS NOT NULL
),
tl_panel AS (
  SELECT d.user_key AS user_key, MIN(d.t0) AS t0, MIN(d.t1) AS t1, MIN(d.t2) AS t2, MIN(d.t3) AS t3, MIN(d.stratum) AS stratum
  FROM tl_panel_distinct d GROUP BY d.user_key HAVING COUNT(*) = 1
),
tl_panel_value AS (
  SELECT user_key, stratum, 'sexual_orientation' AS trait, t0 AS value FROM tl_panel
  UNION ALL
  SELECT user_key, stratum, 'ethnicity_race' AS trait, t1 AS value FROM tl_panel
  UNION ALL
  SELECT user_key, stratum, 'sex_gender' AS trait, t2 AS value FROM tl_panel
  UNION ALL
  SELECT user_key, stratum, 'age' AS trait, t3 AS value FROM tl_panel
),
tl_panel_load AS (
  SELECT p.user_key AS user_key, COUNT(m.segment_key) AS memberships
  FROM tl_panel p LEFT JOIN tl_membership m ON m.user_key = p.user_key GROUP BY p.user_key
),
tl_ranked_load AS (
  SELECT memberships, ROW_NUMBER() OVER (ORDER BY memberships) AS place, COUNT(*) OVER () AS people
  FROM tl_panel_load
),
tl_group_member AS (
  SELECT 'segment' AS kind, user_key, segment_key FROM tl_membership
  UNION ALL SELECT 'no-segment' AS kind, user_key, '' AS segment_key FROM tl_panel_load WHERE memberships = 0
  UNION ALL SELECT 'most-memberships' AS kind, user_key, '' AS segment_key FROM tl_panel_load
    WHERE memberships > (SELECT MIN(memberships) FROM tl_ranked_load WHERE 10 * place >= 9 * people)
),
tl_group AS (
  SELECT kind, segment_key, COUNT(*) AS members FROM tl_group_member GROUP BY kind, segment_key
),
tl_total AS (
  SELECT v.trait, v.stratum, v.value, COUNT(*) AS members FROM tl_panel_value v GROUP BY v.trait, v.stratum, v.value
),
tl_cell AS (
  SELECT g.kind, g.segment_key, v.trait, v.stratum, v.value, COUNT(*) AS members
  FROM tl_group_member g JOIN tl_panel_value v ON g.user_key = v.user_key
  GROUP BY g.kind, g.segment_key, v.trait, v.stratum, v.value
),
tl_value AS (
  SELECT DISTINCT trait, value FROM tl_total WHERE value IS NOT NULL
),
tl_stratum AS (
  SELECT trait, stratum, SUM(CASE WHEN value IS NULL THEN 0 ELSE members END) AS known_members, SUM(CASE WHEN value IS NULL THEN members ELSE 0 END) AS unknown_members FROM tl_total GROUP BY trait, stratum
),
tl_inside AS (
  SELECT kind, segment_key, trait, stratum, SUM(CASE WHEN value IS NULL THEN 0 ELSE members END) AS known_members, SUM(CASE WHEN value IS NULL THEN members ELSE 0 END) AS unknown_members
  FROM tl_cell GROUP BY kind, segment_key, trait, stratum
),
tl_assignment_fact AS (
  SELECT COUNT(*) AS all_rows, COUNT(CASE WHEN user_key IS NULL THEN 1 END) AS without_user,
    COUNT(CASE WHEN 1 = 0 THEN 1 END) AS score_unreadable,
    COUNT(CASE WHEN 1 = 0 THEN 1 END) AS below_threshold,
    COUNT(CASE WHEN user_key IS NOT NULL AND segment_key IS NULL THEN 1 END) AS without_segment,
    COUNT(CASE WHEN user_key IS NOT NULL AND segment_key IS NOT NULL THEN 1 END) AS usable
  FROM tl_assignment_row
),
tl_user_fact AS (
  SELECT COUNT(DISTINCT user_key) AS users FROM tl_membership
),
tl_panel_fact AS (
  SELECT COUNT(*) AS all_rows, COUNT(CASE WHEN user_key IS NULL THEN 1 END) AS without_user, COUNT(CASE WHEN 1 = 0 THEN 1 END) AS without_weight
  FROM tl_panel_row
),
tl_distinct_fact AS (
  SELECT COUNT(*) AS all_rows, COUNT(DISTINCT user_key) AS users FROM tl_panel_distinct
),
tl_load_fact AS (
  SELECT COUNT(*) AS users, COUNT(CASE WHEN memberships > 0 THEN 1 END) AS in_export FROM tl_panel_load
)
SELECT
  g.segment_key AS `segment_id`,
  v.trait AS `trait`,
  v.value AS `value`,
  CAST(COALESCE(c.members, 0) AS INT64) AS `in_value`,
  CAST(COALESCE(i.known_members, 0) - COALESCE(c.members, 0) AS INT64) AS `in_other`,
  CAST(COALESCE(t.members, 0) - COALESCE(c.members, 0) AS INT64) AS `out_value`,
  CAST(s.known_members - COALESCE(i.known_members, 0) - COALESCE(t.members, 0) + COALESCE(c.members, 0) AS INT64) AS `out_other`,
  g.kind AS `kind`,
  s.stratum AS `stratum`,
  CAST(COALESCE(i.unknown_members, 0) AS INT64) AS `in_unknown`,
  CAST(s.unknown_members - COALESCE(i.unknown_members, 0) AS INT64) AS `out_unknown`,
  CAST(g.members AS INT64) AS `members`
FROM tl_group g CROSS JOIN tl_value v JOIN tl_stratum s ON s.trait = v.trait
LEFT JOIN tl_total t ON t.trait = v.trait AND t.value = v.value AND t.stratum = s.stratum
LEFT JOIN tl_inside i ON i.kind = g.kind AND i.segment_key = g.segment_key AND i.trait = v.trait AND i.stratum = s.stratum
LEFT JOIN tl_cell c ON c.kind = g.kind AND c.segment_key = g.segment_key AND c.trait = v.trait
  AND c.value = v.value AND c.stratum = s.stratum
UNION ALL
SELECT '', '', 'assignment-rows', all_rows, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_assignment_fact
UNION ALL
SELECT '', '', 'assignment-rows-without-user', without_user, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_assignment_fact
UNION ALL
SELECT '', '', 'assignment-rows-without-segment', without_segment, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_assignment_fact
UNION ALL
SELECT '', '', 'assignment-rows-score-unreadable', score_unreadable, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_assignment_fact
UNION ALL
SELECT '', '', 'assignment-rows-below-threshold', below_threshold, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_assignment_fact
UNION ALL
SELECT '', '', 'assignment-rows-usable', usable, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_assignment_fact
UNION ALL
SELECT '', '', 'users', users, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_user_fact
UNION ALL
SELECT '', '', 'panel-rows', all_rows, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_panel_fact
UNION ALL
SELECT '', '', 'panel-rows-without-user', without_user, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_panel_fact
UNION ALL
SELECT '', '', 'panel-rows-without-weight', without_weight, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_panel_fact
UNION ALL
SELECT '', '', 'panel-rows-distinct', all_rows, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_distinct_fact
UNION ALL
SELECT '', '', 'panel-users-distinct', users, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_distinct_fact
UNION ALL
SELECT '', '', 'panel-users', users, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_load_fact
UNION ALL
SELECT '', '', 'panel-users-in-export', in_export, 0, 0, 0, 'fact', '', 0, 0, 0 FROM tl_load_fact
UNION ALL
SELECT '', '', 'country', 0, 0, 0, 0, 'stratum-column', '', 0, 0, 0;
