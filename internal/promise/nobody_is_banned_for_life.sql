-- Nothing that restricts anybody is for life, an emergency is short, and nothing about a person is stored that would outlast a decision.
SELECT d.id::text AS decision, d.measure, 'it does not end' AS wrong
FROM conduct.decisions d WHERE d.until > d.starts_at + interval '184 days' OR d.until <= d.starts_at
UNION ALL
SELECT d.id::text, d.measure, 'an emergency lasts for more than seven working days'
FROM conduct.decisions d WHERE d.urgent AND d.until > d.starts_at + interval '11 days'
UNION ALL
SELECT c.table_schema || '.' || c.table_name, c.column_name, 'a column could hold a mark on a person'
FROM information_schema.columns c
WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema')
  AND c.column_name ~ '(^|_)(banned|ban|blocked|suspended|disabled|locked_out|blacklisted|shadow|trust_score|risk_score)($|_)'
