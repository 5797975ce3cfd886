CREATE TABLE f.usage_v2 (session UBIGINT NOT NULL, first_ns BIGINT NOT NULL, last_ns BIGINT NOT NULL, usage BLOB NOT NULL USING COMPRESSION uncompressed);

SELECT u.usage, u.first_ns, u.last_ns, s.user_name, s.email, s.account, s.team, s.host, s.agent, s.host, s.repository, s.project, s.key, s.status, NULL::VARCHAR, NULL::VARCHAR
FROM f.usage_v2 u JOIN f.sessions s USING (session) WHERE u.last_ns >= $1::BIGINT AND u.first_ns < $2::BIGINT;

SELECT u.usage, u.first_ns, u.last_ns, s.user_name, s.email, s.account, s.team, s.host
FROM f.usage_v2 u JOIN f.sessions s USING (session) WHERE u.last_ns >= $1::BIGINT AND u.first_ns < $2::BIGINT AND s.agent = $3::VARCHAR AND s.status = $4::VARCHAR AND coalesce(s.host, '') = $5::VARCHAR AND coalesce(s.repository, '') = $6::VARCHAR AND coalesce(s.project, '') = $7::VARCHAR AND s.key = $8::VARCHAR;

SELECT key, usage FROM f.sessions JOIN f.usage_v2 USING (session) WHERE agent = $1 ORDER BY start_ns DESC, key LIMIT 5;
