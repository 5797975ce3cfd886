CREATE TABLE f.usage_v1 (session UBIGINT NOT NULL, start_ns BIGINT NOT NULL, model VARCHAR NOT NULL, provider VARCHAR NOT NULL, tool VARCHAR NOT NULL,
  band UTINYINT NOT NULL, reported UTINYINT NOT NULL, priced UTINYINT NOT NULL, reported_picos BIGINT NOT NULL, priced_picos BIGINT NOT NULL,
  input BIGINT NOT NULL, output BIGINT NOT NULL, cache_read BIGINT NOT NULL, cache_write BIGINT NOT NULL, cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL, reasoning BIGINT NOT NULL, model_calls INTEGER NOT NULL, model_errors INTEGER NOT NULL, tool_calls INTEGER NOT NULL,
  tool_failures INTEGER NOT NULL, turns INTEGER NOT NULL, lines_added BIGINT NOT NULL, lines_removed BIGINT NOT NULL, commits BIGINT NOT NULL,
  pull_requests BIGINT NOT NULL, price_table VARCHAR NOT NULL);

WITH parts AS (
  SELECT session, model AS p0, provider AS p1, tool AS p2, start_ns - start_ns % 86400000000000 AS p3, start_ns AS p4,
    sum(input) AS n0, sum(output) AS n1, sum(cache_read) AS n2, sum(cache_write) AS n3, sum(cache_write_5m) AS n4, sum(cache_write_1h) AS n5, sum(reasoning) AS n6, sum(CASE WHEN reported = 1 THEN input + output ELSE 0 END) AS n7, sum(CASE WHEN reported = 0 AND priced = 1 THEN input + output ELSE 0 END) AS n8, sum(CASE WHEN reported = 0 AND priced = 0 THEN input + output ELSE 0 END) AS n9, sum(reported_picos) AS n10, sum(priced_picos) AS n11, sum(CASE WHEN reported = 1 THEN reported_picos ELSE priced_picos END) AS n12, sum(model_calls) AS n13, sum(model_errors) AS n14, sum(tool_calls) AS n15, sum(tool_failures) AS n16, sum(turns) AS n17, sum(lines_added) AS n18, sum(lines_removed) AS n19, sum(commits) AS n20, sum(pull_requests) AS n21,
    min(CASE WHEN priced = 1 THEN price_table END) AS first_table, max(CASE WHEN priced = 1 THEN price_table END) AS last_table
  FROM f.usage_v1 WHERE start_ns >= $1::BIGINT AND start_ns < $2::BIGINT GROUP BY 1, 2, 3, 4, 5, 6)
SELECT s.agent, p0, p1, p2, s.host, s.repository, s.project, s.key, s.status, p3, p4, s.user_name, s.email, s.account, s.team, s.host,
  sum(n0), sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(n6), sum(n7), sum(n8), sum(n9), sum(n10), sum(n11), sum(n12), sum(n13), sum(n14), sum(n15), sum(n16), sum(n17), sum(n18), sum(n19), sum(n20), sum(n21), count(*), min(first_table), max(last_table)
FROM parts JOIN f.sessions s ON s.session = parts.session
WHERE true GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 LIMIT 100001;

WITH parts AS (
  SELECT session,
    sum(input) AS n0, sum(output) AS n1, sum(cache_read) AS n2, sum(cache_write) AS n3, sum(cache_write_5m) AS n4, sum(cache_write_1h) AS n5, sum(reasoning) AS n6, sum(CASE WHEN reported = 1 THEN input + output ELSE 0 END) AS n7, sum(CASE WHEN reported = 0 AND priced = 1 THEN input + output ELSE 0 END) AS n8, sum(CASE WHEN reported = 0 AND priced = 0 THEN input + output ELSE 0 END) AS n9, sum(reported_picos) AS n10, sum(priced_picos) AS n11, sum(CASE WHEN reported = 1 THEN reported_picos ELSE priced_picos END) AS n12, sum(model_calls) AS n13, sum(model_errors) AS n14, sum(tool_calls) AS n15, sum(tool_failures) AS n16, sum(turns) AS n17, sum(lines_added) AS n18, sum(lines_removed) AS n19, sum(commits) AS n20, sum(pull_requests) AS n21,
    min(CASE WHEN priced = 1 THEN price_table END) AS first_table, max(CASE WHEN priced = 1 THEN price_table END) AS last_table
  FROM f.usage_v1 WHERE start_ns >= $1::BIGINT AND start_ns < $2::BIGINT AND model = $3::VARCHAR AND provider = $4::VARCHAR AND tool = $5::VARCHAR AND session = $6::UBIGINT GROUP BY 1)
SELECT s.user_name, s.email, s.account, s.team, s.host,
  sum(n0), sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(n6), sum(n7), sum(n8), sum(n9), sum(n10), sum(n11), sum(n12), sum(n13), sum(n14), sum(n15), sum(n16), sum(n17), sum(n18), sum(n19), sum(n20), sum(n21), count(*), min(first_table), max(last_table)
FROM parts JOIN f.sessions s ON s.session = parts.session
WHERE true AND s.agent = $7::VARCHAR AND s.status = $8::VARCHAR AND coalesce(s.host, '') = $9::VARCHAR AND coalesce(s.repository, '') = $10::VARCHAR AND coalesce(s.project, '') = $11::VARCHAR GROUP BY 1, 2, 3, 4, 5 LIMIT 4;
