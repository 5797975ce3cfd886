CREATE TABLE f.usage_v1 (session UBIGINT NOT NULL, start_ns BIGINT NOT NULL, model VARCHAR NOT NULL, provider VARCHAR NOT NULL, tool VARCHAR NOT NULL,
  band UTINYINT NOT NULL, reported UTINYINT NOT NULL, priced UTINYINT NOT NULL, reported_picos BIGINT NOT NULL, priced_picos BIGINT NOT NULL,
  input BIGINT NOT NULL, output BIGINT NOT NULL, cache_read BIGINT NOT NULL, cache_write BIGINT NOT NULL, cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL, reasoning BIGINT NOT NULL, model_calls INTEGER NOT NULL, model_errors INTEGER NOT NULL, tool_calls INTEGER NOT NULL,
  tool_failures INTEGER NOT NULL, turns INTEGER NOT NULL, lines_added BIGINT NOT NULL, lines_removed BIGINT NOT NULL, commits BIGINT NOT NULL,
  pull_requests BIGINT NOT NULL, price_table VARCHAR NOT NULL);

SELECT s.agent, u.model, u.provider, u.tool, s.host, s.repository, s.project, s.key, s.status, u.start_ns - u.start_ns % 86400000000000, u.start_ns, s.user_name, s.email, s.account, s.team, s.host,
  sum(input), sum(output), sum(cache_read), sum(cache_write), sum(cache_write_5m), sum(cache_write_1h), sum(reasoning),
  sum(CASE WHEN reported = 1 THEN input + output ELSE 0 END), sum(CASE WHEN reported = 0 AND priced = 1 THEN input + output ELSE 0 END),
  sum(CASE WHEN reported = 0 AND priced = 0 THEN input + output ELSE 0 END), sum(reported_picos), sum(priced_picos),
  sum(CASE WHEN reported = 1 THEN reported_picos ELSE priced_picos END), sum(model_calls), sum(model_errors), sum(tool_calls), sum(tool_failures),
  sum(turns), sum(lines_added), sum(lines_removed), sum(commits), sum(pull_requests), 1::BIGINT,
  min(CASE WHEN priced = 1 THEN price_table END), max(CASE WHEN priced = 1 THEN price_table END)
FROM f.usage_v1 u JOIN f.sessions s ON s.session = u.session
WHERE u.start_ns >= $1::BIGINT AND u.start_ns < $2::BIGINT GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 LIMIT 100001;

SELECT s.user_name, s.email, s.account, s.team, s.host,
  sum(input), sum(output), sum(cache_read), sum(cache_write), sum(cache_write_5m), sum(cache_write_1h), sum(reasoning),
  sum(CASE WHEN reported = 1 THEN input + output ELSE 0 END), sum(CASE WHEN reported = 0 AND priced = 1 THEN input + output ELSE 0 END),
  sum(CASE WHEN reported = 0 AND priced = 0 THEN input + output ELSE 0 END), sum(reported_picos), sum(priced_picos),
  sum(CASE WHEN reported = 1 THEN reported_picos ELSE priced_picos END), sum(model_calls), sum(model_errors), sum(tool_calls), sum(tool_failures),
  sum(turns), sum(lines_added), sum(lines_removed), sum(commits), sum(pull_requests), count(DISTINCT u.session),
  min(CASE WHEN priced = 1 THEN price_table END), max(CASE WHEN priced = 1 THEN price_table END)
FROM f.usage_v1 u JOIN f.sessions s ON s.session = u.session
WHERE u.start_ns >= $1::BIGINT AND u.start_ns < $2::BIGINT AND s.agent = $3::VARCHAR AND s.status = $4::VARCHAR AND u.model = $5::VARCHAR AND u.provider = $6::VARCHAR AND u.tool = $7::VARCHAR AND coalesce(s.host, '') = $8::VARCHAR AND coalesce(s.repository, '') = $9::VARCHAR AND coalesce(s.project, '') = $10::VARCHAR AND u.session = $11::UBIGINT GROUP BY 1, 2, 3, 4, 5 LIMIT 4;
