-- OfRecord { Key = k, OrResource = False } Equal String, 2 values
(attrs[$1::VARCHAR] = $2::VARCHAR);

-- OfRecord { Key = k, OrResource = False } Equal Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } Equal Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } NotEqual String, 6 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(attrs[$1::VARCHAR] = $2::VARCHAR, false), false) OR coalesce(input_key = $3::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(input_text = $4::VARCHAR, false), false) OR coalesce(output_key = $3::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(output_text = $5::VARCHAR, false), false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) = $6::VARCHAR, false), false));

-- OfRecord { Key = k, OrResource = False } NotEqual Int, 10 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT) = $5::BIGINT WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT) = $7::BIGINT WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT) = $9::BIGINT WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = k, OrResource = False } NotEqual Double, 10 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT)::DOUBLE = $5::DOUBLE WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT)::DOUBLE = $7::DOUBLE WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT)::DOUBLE = $9::DOUBLE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = k, OrResource = False } Less String, 0 values
(false);

-- OfRecord { Key = k, OrResource = False } Less Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) < $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } Less Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE < $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } LessOrEqual String, 0 values
(false);

-- OfRecord { Key = k, OrResource = False } LessOrEqual Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) <= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } LessOrEqual Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE <= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } Greater String, 0 values
(false);

-- OfRecord { Key = k, OrResource = False } Greater Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) > $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } Greater Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE > $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } GreaterOrEqual String, 0 values
(false);

-- OfRecord { Key = k, OrResource = False } GreaterOrEqual Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) >= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } GreaterOrEqual Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE >= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END);

-- OfRecord { Key = k, OrResource = False } Contains String, 6 values
(coalesce(NOT starts_with(attrs[$1::VARCHAR], chr(2)) AND NOT starts_with(attrs[$1::VARCHAR], chr(3)) AND NOT starts_with(attrs[$1::VARCHAR], chr(4)) AND NOT starts_with(attrs[$1::VARCHAR], chr(8)) AND regexp_matches(attrs[$1::VARCHAR], $2::VARCHAR), false) OR coalesce(input_key = $3::VARCHAR AND NOT starts_with(input_text, chr(2)) AND NOT starts_with(input_text, chr(3)) AND NOT starts_with(input_text, chr(4)) AND NOT starts_with(input_text, chr(8)) AND regexp_matches(input_text, $4::VARCHAR), false) OR coalesce(output_key = $3::VARCHAR AND NOT starts_with(output_text, chr(2)) AND NOT starts_with(output_text, chr(3)) AND NOT starts_with(output_text, chr(4)) AND NOT starts_with(output_text, chr(8)) AND regexp_matches(output_text, $5::VARCHAR), false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(2)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(3)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(4)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(8)) AND regexp_matches((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), $6::VARCHAR), false));

-- OfRecord { Key = k, OrResource = False } Contains Int, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = k, OrResource = False } Contains Double, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = k, OrResource = False } Present String, 2 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false));

-- OfRecord { Key = k, OrResource = False } Absent String, 2 values
(NOT (coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)));

-- OfRecord { Key = session.id, OrResource = True } Equal String, 5 values
(((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) = $1::VARCHAR) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$2::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $3::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $3::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE attrs[$4::VARCHAR] = $5::VARCHAR)));

-- OfRecord { Key = session.id, OrResource = True } Equal Int, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT) = $7::BIGINT WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) = $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } Equal Double, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT)::DOUBLE = $7::DOUBLE WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) = $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } NotEqual String, 11 values
((coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) <> $1::VARCHAR, false) OR coalesce(attrs[$2::VARCHAR] IS NOT NULL AND NOT coalesce(attrs[$2::VARCHAR] = $3::VARCHAR, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(input_text = $5::VARCHAR, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(output_text = $6::VARCHAR, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) = $7::VARCHAR, false), false)) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$8::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $9::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $9::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $9::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $9::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE attrs[$10::VARCHAR] IS NOT NULL AND NOT coalesce(attrs[$10::VARCHAR] = $11::VARCHAR, false))));

-- OfRecord { Key = session.id, OrResource = True } NotEqual Int, 15 values
((coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT) = $5::BIGINT WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT) = $7::BIGINT WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT) = $9::BIGINT WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false)) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$11::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $12::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $12::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $12::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $12::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE attrs[$13::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$13::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$13::VARCHAR], 2) AS BIGINT) = $14::BIGINT WHEN starts_with(attrs[$13::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$13::VARCHAR], 2) AS DOUBLE) = $15::DOUBLE ELSE false END, false))));

-- OfRecord { Key = session.id, OrResource = True } NotEqual Double, 15 values
((coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT)::DOUBLE = $5::DOUBLE WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT)::DOUBLE = $7::DOUBLE WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT)::DOUBLE = $9::DOUBLE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false)) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$11::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $12::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $12::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $12::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $12::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE attrs[$13::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$13::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$13::VARCHAR], 2) AS BIGINT)::DOUBLE = $14::DOUBLE WHEN starts_with(attrs[$13::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$13::VARCHAR], 2) AS DOUBLE) = $15::DOUBLE ELSE false END, false))));

-- OfRecord { Key = session.id, OrResource = True } Less String, 2 values
((false) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE false)));

-- OfRecord { Key = session.id, OrResource = True } Less Int, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) < $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT) < $7::BIGINT WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) < $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } Less Double, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE < $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT)::DOUBLE < $7::DOUBLE WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) < $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } LessOrEqual String, 2 values
((false) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE false)));

-- OfRecord { Key = session.id, OrResource = True } LessOrEqual Int, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) <= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT) <= $7::BIGINT WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) <= $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } LessOrEqual Double, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE <= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT)::DOUBLE <= $7::DOUBLE WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) <= $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } Greater String, 2 values
((false) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE false)));

-- OfRecord { Key = session.id, OrResource = True } Greater Int, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) > $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT) > $7::BIGINT WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) > $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } Greater Double, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE > $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT)::DOUBLE > $7::DOUBLE WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) > $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } GreaterOrEqual String, 2 values
((false) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE false)));

-- OfRecord { Key = session.id, OrResource = True } GreaterOrEqual Int, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) >= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT) >= $7::BIGINT WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) >= $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } GreaterOrEqual Double, 8 values
((CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE >= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$4::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$6::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS BIGINT)::DOUBLE >= $7::DOUBLE WHEN starts_with(attrs[$6::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$6::VARCHAR], 2) AS DOUBLE) >= $8::DOUBLE ELSE false END)));

-- OfRecord { Key = session.id, OrResource = True } Contains String, 11 values
((coalesce(regexp_matches((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END), $1::VARCHAR), false) OR coalesce(NOT starts_with(attrs[$2::VARCHAR], chr(2)) AND NOT starts_with(attrs[$2::VARCHAR], chr(3)) AND NOT starts_with(attrs[$2::VARCHAR], chr(4)) AND NOT starts_with(attrs[$2::VARCHAR], chr(8)) AND regexp_matches(attrs[$2::VARCHAR], $3::VARCHAR), false) OR coalesce(input_key = $4::VARCHAR AND NOT starts_with(input_text, chr(2)) AND NOT starts_with(input_text, chr(3)) AND NOT starts_with(input_text, chr(4)) AND NOT starts_with(input_text, chr(8)) AND regexp_matches(input_text, $5::VARCHAR), false) OR coalesce(output_key = $4::VARCHAR AND NOT starts_with(output_text, chr(2)) AND NOT starts_with(output_text, chr(3)) AND NOT starts_with(output_text, chr(4)) AND NOT starts_with(output_text, chr(8)) AND regexp_matches(output_text, $6::VARCHAR), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(4)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(8)) AND regexp_matches((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), $7::VARCHAR), false)) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$8::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $9::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $9::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $9::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $9::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE NOT starts_with(attrs[$10::VARCHAR], chr(2)) AND NOT starts_with(attrs[$10::VARCHAR], chr(3)) AND NOT starts_with(attrs[$10::VARCHAR], chr(4)) AND NOT starts_with(attrs[$10::VARCHAR], chr(8)) AND regexp_matches(attrs[$10::VARCHAR], $11::VARCHAR))));

-- OfRecord { Key = session.id, OrResource = True } Contains Int, 3 values
((coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false)) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$2::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $3::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $3::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE false)));

-- OfRecord { Key = session.id, OrResource = True } Contains Double, 3 values
((coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false)) OR (NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$2::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $3::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $3::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND resource_id IN (SELECT id FROM f.resources WHERE false)));

-- OfRecord { Key = session.id, OrResource = True } Present String, 3 values
((coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)) OR (resource_id IN (SELECT id FROM f.resources WHERE attrs[$3::VARCHAR] IS NOT NULL)));

-- OfRecord { Key = session.id, OrResource = True } Absent String, 3 values
(NOT (coalesce((CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END) IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)) AND NOT (resource_id IN (SELECT id FROM f.resources WHERE attrs[$3::VARCHAR] IS NOT NULL)));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Equal String, 1 values
(tool_name = $1::VARCHAR);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Equal Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Equal Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } NotEqual String, 7 values
(coalesce(tool_name <> $1::VARCHAR, false) OR coalesce(attrs[$2::VARCHAR] IS NOT NULL AND NOT coalesce(attrs[$2::VARCHAR] = $3::VARCHAR, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(input_text = $5::VARCHAR, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(output_text = $6::VARCHAR, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) = $7::VARCHAR, false), false));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } NotEqual Int, 10 values
(coalesce(tool_name IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT) = $5::BIGINT WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT) = $7::BIGINT WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT) = $9::BIGINT WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } NotEqual Double, 10 values
(coalesce(tool_name IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT)::DOUBLE = $5::DOUBLE WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT)::DOUBLE = $7::DOUBLE WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT)::DOUBLE = $9::DOUBLE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Less String, 0 values
(false);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Less Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) < $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Less Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE < $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } LessOrEqual String, 0 values
(false);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } LessOrEqual Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) <= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } LessOrEqual Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE <= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Greater String, 0 values
(false);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Greater Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) > $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Greater Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE > $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } GreaterOrEqual String, 0 values
(false);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } GreaterOrEqual Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) >= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } GreaterOrEqual Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE >= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END);

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Contains String, 7 values
(coalesce(regexp_matches(tool_name, $1::VARCHAR), false) OR coalesce(NOT starts_with(attrs[$2::VARCHAR], chr(2)) AND NOT starts_with(attrs[$2::VARCHAR], chr(3)) AND NOT starts_with(attrs[$2::VARCHAR], chr(4)) AND NOT starts_with(attrs[$2::VARCHAR], chr(8)) AND regexp_matches(attrs[$2::VARCHAR], $3::VARCHAR), false) OR coalesce(input_key = $4::VARCHAR AND NOT starts_with(input_text, chr(2)) AND NOT starts_with(input_text, chr(3)) AND NOT starts_with(input_text, chr(4)) AND NOT starts_with(input_text, chr(8)) AND regexp_matches(input_text, $5::VARCHAR), false) OR coalesce(output_key = $4::VARCHAR AND NOT starts_with(output_text, chr(2)) AND NOT starts_with(output_text, chr(3)) AND NOT starts_with(output_text, chr(4)) AND NOT starts_with(output_text, chr(8)) AND regexp_matches(output_text, $6::VARCHAR), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(4)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(8)) AND regexp_matches((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), $7::VARCHAR), false));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Contains Int, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Contains Double, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Present String, 2 values
(coalesce(tool_name IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false));

-- OfRecord { Key = gen_ai.tool.name, OrResource = False } Absent String, 2 values
(NOT (coalesce(tool_name IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Equal String, 2 values
(attrs[$1::VARCHAR] = $2::VARCHAR);

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Equal Int, 4 values
(coalesce(input_tokens = $1::BIGINT, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT) = $3::BIGINT WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) = $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Equal Double, 4 values
(coalesce(input_tokens::DOUBLE = $1::DOUBLE, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT)::DOUBLE = $3::DOUBLE WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) = $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } NotEqual String, 6 values
(coalesce(input_tokens IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(attrs[$1::VARCHAR] = $2::VARCHAR, false), false) OR coalesce(input_key = $3::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(input_text = $4::VARCHAR, false), false) OR coalesce(output_key = $3::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(output_text = $5::VARCHAR, false), false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) = $6::VARCHAR, false), false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } NotEqual Int, 11 values
(coalesce(input_tokens <> $1::BIGINT, false) OR coalesce(attrs[$2::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT) = $3::BIGINT WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) = $4::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT) = $6::BIGINT WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $7::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT) = $8::BIGINT WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $9::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), 2) AS BIGINT) = $10::BIGINT WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $11::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } NotEqual Double, 11 values
(coalesce(input_tokens::DOUBLE <> $1::DOUBLE, false) OR coalesce(attrs[$2::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT)::DOUBLE = $3::DOUBLE WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) = $4::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $5::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT)::DOUBLE = $6::DOUBLE WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $7::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $5::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT)::DOUBLE = $8::DOUBLE WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $9::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $5::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), 2) AS BIGINT)::DOUBLE = $10::DOUBLE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $5::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $11::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Less String, 0 values
(false);

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Less Int, 4 values
(coalesce(input_tokens < $1::BIGINT, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT) < $3::BIGINT WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) < $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Less Double, 4 values
(coalesce(input_tokens::DOUBLE < $1::DOUBLE, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT)::DOUBLE < $3::DOUBLE WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) < $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } LessOrEqual String, 0 values
(false);

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } LessOrEqual Int, 4 values
(coalesce(input_tokens <= $1::BIGINT, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT) <= $3::BIGINT WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) <= $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } LessOrEqual Double, 4 values
(coalesce(input_tokens::DOUBLE <= $1::DOUBLE, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT)::DOUBLE <= $3::DOUBLE WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) <= $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Greater String, 0 values
(false);

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Greater Int, 4 values
(coalesce(input_tokens > $1::BIGINT, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT) > $3::BIGINT WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) > $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Greater Double, 4 values
(coalesce(input_tokens::DOUBLE > $1::DOUBLE, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT)::DOUBLE > $3::DOUBLE WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) > $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } GreaterOrEqual String, 0 values
(false);

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } GreaterOrEqual Int, 4 values
(coalesce(input_tokens >= $1::BIGINT, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT) >= $3::BIGINT WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) >= $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } GreaterOrEqual Double, 4 values
(coalesce(input_tokens::DOUBLE >= $1::DOUBLE, false) OR coalesce(CASE WHEN starts_with(attrs[$2::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS BIGINT)::DOUBLE >= $3::DOUBLE WHEN starts_with(attrs[$2::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$2::VARCHAR], 2) AS DOUBLE) >= $4::DOUBLE ELSE false END, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Contains String, 6 values
(coalesce(NOT starts_with(attrs[$1::VARCHAR], chr(2)) AND NOT starts_with(attrs[$1::VARCHAR], chr(3)) AND NOT starts_with(attrs[$1::VARCHAR], chr(4)) AND NOT starts_with(attrs[$1::VARCHAR], chr(8)) AND regexp_matches(attrs[$1::VARCHAR], $2::VARCHAR), false) OR coalesce(input_key = $3::VARCHAR AND NOT starts_with(input_text, chr(2)) AND NOT starts_with(input_text, chr(3)) AND NOT starts_with(input_text, chr(4)) AND NOT starts_with(input_text, chr(8)) AND regexp_matches(input_text, $4::VARCHAR), false) OR coalesce(output_key = $3::VARCHAR AND NOT starts_with(output_text, chr(2)) AND NOT starts_with(output_text, chr(3)) AND NOT starts_with(output_text, chr(4)) AND NOT starts_with(output_text, chr(8)) AND regexp_matches(output_text, $5::VARCHAR), false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(2)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(3)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(4)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(8)) AND regexp_matches((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), $6::VARCHAR), false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Contains Int, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Contains Double, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Present String, 2 values
(coalesce(input_tokens IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false));

-- OfRecord { Key = gen_ai.usage.input_tokens, OrResource = False } Absent String, 2 values
(NOT (coalesce(input_tokens IS NOT NULL, false) OR coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)));

-- OfRecord { Key = output, OrResource = False } Equal String, 6 values
(coalesce(attrs[$1::VARCHAR] = $2::VARCHAR, false) OR coalesce(input_key = $3::VARCHAR AND input_text = $4::VARCHAR, false) OR coalesce(output_key = $3::VARCHAR AND output_text = $5::VARCHAR, false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) = $6::VARCHAR, false));

-- OfRecord { Key = output, OrResource = False } Equal Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } Equal Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } NotEqual String, 6 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(attrs[$1::VARCHAR] = $2::VARCHAR, false), false) OR coalesce(input_key = $3::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(input_text = $4::VARCHAR, false), false) OR coalesce(output_key = $3::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(output_text = $5::VARCHAR, false), false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')) = $6::VARCHAR, false), false));

-- OfRecord { Key = output, OrResource = False } NotEqual Int, 10 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT) = $5::BIGINT WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT) = $7::BIGINT WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT) = $9::BIGINT WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = output, OrResource = False } NotEqual Double, 10 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false), false) OR coalesce(input_key = $4::VARCHAR AND input_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(input_text, chr(2)) THEN TRY_CAST(substring(input_text, 2) AS BIGINT)::DOUBLE = $5::DOUBLE WHEN starts_with(input_text, chr(3)) THEN TRY_CAST(substring(input_text, 2) AS DOUBLE) = $6::DOUBLE ELSE false END, false), false) OR coalesce(output_key = $4::VARCHAR AND output_text IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(output_text, chr(2)) THEN TRY_CAST(substring(output_text, 2) AS BIGINT)::DOUBLE = $7::DOUBLE WHEN starts_with(output_text, chr(3)) THEN TRY_CAST(substring(output_text, 2) AS DOUBLE) = $8::DOUBLE ELSE false END, false), false) OR coalesce(list_contains(more_keys, $4::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')) IS NOT NULL AND NOT coalesce(CASE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(2)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS BIGINT)::DOUBLE = $9::DOUBLE WHEN starts_with((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), chr(3)) THEN TRY_CAST(substring((more_texts->>('$[' || (list_position(more_keys, $4::VARCHAR) - 1) || ']')), 2) AS DOUBLE) = $10::DOUBLE ELSE false END, false), false));

-- OfRecord { Key = output, OrResource = False } Less String, 0 values
(false);

-- OfRecord { Key = output, OrResource = False } Less Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) < $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } Less Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE < $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } LessOrEqual String, 0 values
(false);

-- OfRecord { Key = output, OrResource = False } LessOrEqual Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) <= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } LessOrEqual Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE <= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } Greater String, 0 values
(false);

-- OfRecord { Key = output, OrResource = False } Greater Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) > $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } Greater Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE > $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } GreaterOrEqual String, 0 values
(false);

-- OfRecord { Key = output, OrResource = False } GreaterOrEqual Int, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) >= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } GreaterOrEqual Double, 3 values
(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE >= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END);

-- OfRecord { Key = output, OrResource = False } Contains String, 6 values
(coalesce(NOT starts_with(attrs[$1::VARCHAR], chr(2)) AND NOT starts_with(attrs[$1::VARCHAR], chr(3)) AND NOT starts_with(attrs[$1::VARCHAR], chr(4)) AND NOT starts_with(attrs[$1::VARCHAR], chr(8)) AND regexp_matches(attrs[$1::VARCHAR], $2::VARCHAR), false) OR coalesce(input_key = $3::VARCHAR AND NOT starts_with(input_text, chr(2)) AND NOT starts_with(input_text, chr(3)) AND NOT starts_with(input_text, chr(4)) AND NOT starts_with(input_text, chr(8)) AND regexp_matches(input_text, $4::VARCHAR), false) OR coalesce(output_key = $3::VARCHAR AND NOT starts_with(output_text, chr(2)) AND NOT starts_with(output_text, chr(3)) AND NOT starts_with(output_text, chr(4)) AND NOT starts_with(output_text, chr(8)) AND regexp_matches(output_text, $5::VARCHAR), false) OR coalesce(list_contains(more_keys, $3::VARCHAR) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(2)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(3)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(4)) AND NOT starts_with((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), chr(8)) AND regexp_matches((more_texts->>('$[' || (list_position(more_keys, $3::VARCHAR) - 1) || ']')), $6::VARCHAR), false));

-- OfRecord { Key = output, OrResource = False } Contains Int, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = output, OrResource = False } Contains Double, 1 values
(coalesce(input_key = $1::VARCHAR AND false, false) OR coalesce(output_key = $1::VARCHAR AND false, false) OR coalesce(list_contains(more_keys, $1::VARCHAR) AND false, false));

-- OfRecord { Key = output, OrResource = False } Present String, 2 values
(coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false));

-- OfRecord { Key = output, OrResource = False } Absent String, 2 values
(NOT (coalesce(attrs[$1::VARCHAR] IS NOT NULL, false) OR coalesce(input_key = $2::VARCHAR AND input_text IS NOT NULL, false) OR coalesce(output_key = $2::VARCHAR AND output_text IS NOT NULL, false) OR coalesce(list_contains(more_keys, $2::VARCHAR) AND (more_texts->>('$[' || (list_position(more_keys, $2::VARCHAR) - 1) || ']')) IS NOT NULL, false)));

-- OfResource { Key = k } Equal String, 2 values
(resource_id IN (SELECT id FROM f.resources WHERE attrs[$1::VARCHAR] = $2::VARCHAR));

-- OfResource { Key = k } Equal Int, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END));

-- OfResource { Key = k } Equal Double, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END));

-- OfResource { Key = k } NotEqual String, 2 values
(resource_id IN (SELECT id FROM f.resources WHERE attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(attrs[$1::VARCHAR] = $2::VARCHAR, false)));

-- OfResource { Key = k } NotEqual Int, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) = $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false)));

-- OfResource { Key = k } NotEqual Double, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE attrs[$1::VARCHAR] IS NOT NULL AND NOT coalesce(CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE = $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) = $3::DOUBLE ELSE false END, false)));

-- OfResource { Key = k } Less String, 0 values
(resource_id IN (SELECT id FROM f.resources WHERE false));

-- OfResource { Key = k } Less Int, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) < $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END));

-- OfResource { Key = k } Less Double, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE < $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) < $3::DOUBLE ELSE false END));

-- OfResource { Key = k } LessOrEqual String, 0 values
(resource_id IN (SELECT id FROM f.resources WHERE false));

-- OfResource { Key = k } LessOrEqual Int, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) <= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END));

-- OfResource { Key = k } LessOrEqual Double, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE <= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) <= $3::DOUBLE ELSE false END));

-- OfResource { Key = k } Greater String, 0 values
(resource_id IN (SELECT id FROM f.resources WHERE false));

-- OfResource { Key = k } Greater Int, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) > $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END));

-- OfResource { Key = k } Greater Double, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE > $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) > $3::DOUBLE ELSE false END));

-- OfResource { Key = k } GreaterOrEqual String, 0 values
(resource_id IN (SELECT id FROM f.resources WHERE false));

-- OfResource { Key = k } GreaterOrEqual Int, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT) >= $2::BIGINT WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END));

-- OfResource { Key = k } GreaterOrEqual Double, 3 values
(resource_id IN (SELECT id FROM f.resources WHERE CASE WHEN starts_with(attrs[$1::VARCHAR], chr(2)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS BIGINT)::DOUBLE >= $2::DOUBLE WHEN starts_with(attrs[$1::VARCHAR], chr(3)) THEN TRY_CAST(substring(attrs[$1::VARCHAR], 2) AS DOUBLE) >= $3::DOUBLE ELSE false END));

-- OfResource { Key = k } Contains String, 2 values
(resource_id IN (SELECT id FROM f.resources WHERE NOT starts_with(attrs[$1::VARCHAR], chr(2)) AND NOT starts_with(attrs[$1::VARCHAR], chr(3)) AND NOT starts_with(attrs[$1::VARCHAR], chr(4)) AND NOT starts_with(attrs[$1::VARCHAR], chr(8)) AND regexp_matches(attrs[$1::VARCHAR], $2::VARCHAR)));

-- OfResource { Key = k } Contains Int, 0 values
(resource_id IN (SELECT id FROM f.resources WHERE false));

-- OfResource { Key = k } Contains Double, 0 values
(resource_id IN (SELECT id FROM f.resources WHERE false));

-- OfResource { Key = k } Present String, 1 values
(resource_id IN (SELECT id FROM f.resources WHERE attrs[$1::VARCHAR] IS NOT NULL));

-- OfResource { Key = k } Absent String, 1 values
(NOT (resource_id IN (SELECT id FROM f.resources WHERE attrs[$1::VARCHAR] IS NOT NULL)));

-- Name { } Equal String, 1 values
(name = $1::VARCHAR);

-- Name { } Equal Int, 0 values
(false);

-- Name { } Equal Double, 0 values
(false);

-- Name { } NotEqual String, 1 values
(name <> $1::VARCHAR);

-- Name { } NotEqual Int, 0 values
(name IS NOT NULL);

-- Name { } NotEqual Double, 0 values
(name IS NOT NULL);

-- Name { } Less String, 0 values
(false);

-- Name { } Less Int, 0 values
(false);

-- Name { } Less Double, 0 values
(false);

-- Name { } LessOrEqual String, 0 values
(false);

-- Name { } LessOrEqual Int, 0 values
(false);

-- Name { } LessOrEqual Double, 0 values
(false);

-- Name { } Greater String, 0 values
(false);

-- Name { } Greater Int, 0 values
(false);

-- Name { } Greater Double, 0 values
(false);

-- Name { } GreaterOrEqual String, 0 values
(false);

-- Name { } GreaterOrEqual Int, 0 values
(false);

-- Name { } GreaterOrEqual Double, 0 values
(false);

-- Name { } Contains String, 1 values
(regexp_matches(name, $1::VARCHAR));

-- Name { } Contains Int, 0 values
(false);

-- Name { } Contains Double, 0 values
(false);

-- Name { } Present String, 0 values
(name IS NOT NULL);

-- Name { } Absent String, 0 values
(name IS NULL);

-- ScopeName { } Equal String, 1 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND name = $1::VARCHAR));

-- ScopeName { } Equal Int, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Equal Double, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } NotEqual String, 1 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND name <> $1::VARCHAR));

-- ScopeName { } NotEqual Int, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND name IS NOT NULL));

-- ScopeName { } NotEqual Double, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND name IS NOT NULL));

-- ScopeName { } Less String, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Less Int, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Less Double, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } LessOrEqual String, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } LessOrEqual Int, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } LessOrEqual Double, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Greater String, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Greater Int, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Greater Double, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } GreaterOrEqual String, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } GreaterOrEqual Int, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } GreaterOrEqual Double, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Contains String, 1 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND regexp_matches(name, $1::VARCHAR)));

-- ScopeName { } Contains Int, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Contains Double, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND false));

-- ScopeName { } Present String, 0 values
(scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND name IS NOT NULL));

-- ScopeName { } Absent String, 0 values
(NOT (scope_id IN (SELECT id FROM f.scopes WHERE name <> '' AND name IS NOT NULL)));

-- DurationNanos { } Equal String, 0 values
(false);

-- DurationNanos { } Equal Int, 1 values
(duration_ns = $1::BIGINT);

-- DurationNanos { } Equal Double, 1 values
(duration_ns::DOUBLE = $1::DOUBLE);

-- DurationNanos { } NotEqual String, 0 values
(duration_ns IS NOT NULL);

-- DurationNanos { } NotEqual Int, 1 values
(duration_ns <> $1::BIGINT);

-- DurationNanos { } NotEqual Double, 1 values
(duration_ns::DOUBLE <> $1::DOUBLE);

-- DurationNanos { } Less String, 0 values
(false);

-- DurationNanos { } Less Int, 1 values
(duration_ns < $1::BIGINT);

-- DurationNanos { } Less Double, 1 values
(duration_ns::DOUBLE < $1::DOUBLE);

-- DurationNanos { } LessOrEqual String, 0 values
(false);

-- DurationNanos { } LessOrEqual Int, 1 values
(duration_ns <= $1::BIGINT);

-- DurationNanos { } LessOrEqual Double, 1 values
(duration_ns::DOUBLE <= $1::DOUBLE);

-- DurationNanos { } Greater String, 0 values
(false);

-- DurationNanos { } Greater Int, 1 values
(duration_ns > $1::BIGINT);

-- DurationNanos { } Greater Double, 1 values
(duration_ns::DOUBLE > $1::DOUBLE);

-- DurationNanos { } GreaterOrEqual String, 0 values
(false);

-- DurationNanos { } GreaterOrEqual Int, 1 values
(duration_ns >= $1::BIGINT);

-- DurationNanos { } GreaterOrEqual Double, 1 values
(duration_ns::DOUBLE >= $1::DOUBLE);

-- DurationNanos { } Contains String, 0 values
(false);

-- DurationNanos { } Contains Int, 0 values
(false);

-- DurationNanos { } Contains Double, 0 values
(false);

-- DurationNanos { } Present String, 0 values
(duration_ns IS NOT NULL);

-- DurationNanos { } Absent String, 0 values
(duration_ns IS NULL);

-- Body { } Equal String, 1 values
(body_kind <> 0 AND coalesce(body, '') = $1::VARCHAR);

-- Body { } Equal Int, 0 values
(body_kind <> 0 AND false);

-- Body { } Equal Double, 0 values
(body_kind <> 0 AND false);

-- Body { } NotEqual String, 1 values
(body_kind <> 0 AND coalesce(body, '') <> $1::VARCHAR);

-- Body { } NotEqual Int, 0 values
(body_kind <> 0 AND coalesce(body, '') IS NOT NULL);

-- Body { } NotEqual Double, 0 values
(body_kind <> 0 AND coalesce(body, '') IS NOT NULL);

-- Body { } Less String, 0 values
(body_kind <> 0 AND false);

-- Body { } Less Int, 0 values
(body_kind <> 0 AND false);

-- Body { } Less Double, 0 values
(body_kind <> 0 AND false);

-- Body { } LessOrEqual String, 0 values
(body_kind <> 0 AND false);

-- Body { } LessOrEqual Int, 0 values
(body_kind <> 0 AND false);

-- Body { } LessOrEqual Double, 0 values
(body_kind <> 0 AND false);

-- Body { } Greater String, 0 values
(body_kind <> 0 AND false);

-- Body { } Greater Int, 0 values
(body_kind <> 0 AND false);

-- Body { } Greater Double, 0 values
(body_kind <> 0 AND false);

-- Body { } GreaterOrEqual String, 0 values
(body_kind <> 0 AND false);

-- Body { } GreaterOrEqual Int, 0 values
(body_kind <> 0 AND false);

-- Body { } GreaterOrEqual Double, 0 values
(body_kind <> 0 AND false);

-- Body { } Contains String, 1 values
(regexp_matches(body, $1::VARCHAR));

-- Body { } Contains Int, 0 values
(body_kind <> 0 AND false);

-- Body { } Contains Double, 0 values
(body_kind <> 0 AND false);

-- Body { } Present String, 0 values
(body_kind <> 0);

-- Body { } Absent String, 0 values
(body_kind = 0);

-- Trace { } Equal String, 0 values
(false);

-- Trace { } Equal Int, 0 values
(false);

-- Trace { } Equal Double, 0 values
(false);

-- Trace { } NotEqual String, 0 values
(trace_id IS NOT NULL);

-- Trace { } NotEqual Int, 0 values
(trace_id IS NOT NULL);

-- Trace { } NotEqual Double, 0 values
(trace_id IS NOT NULL);

-- Trace { } Less String, 0 values
(false);

-- Trace { } Less Int, 0 values
(false);

-- Trace { } Less Double, 0 values
(false);

-- Trace { } LessOrEqual String, 0 values
(false);

-- Trace { } LessOrEqual Int, 0 values
(false);

-- Trace { } LessOrEqual Double, 0 values
(false);

-- Trace { } Greater String, 0 values
(false);

-- Trace { } Greater Int, 0 values
(false);

-- Trace { } Greater Double, 0 values
(false);

-- Trace { } GreaterOrEqual String, 0 values
(false);

-- Trace { } GreaterOrEqual Int, 0 values
(false);

-- Trace { } GreaterOrEqual Double, 0 values
(false);

-- Trace { } Contains String, 1 values
(regexp_matches(replace(trace_id::VARCHAR, '-', ''), $1::VARCHAR));

-- Trace { } Contains Int, 0 values
(false);

-- Trace { } Contains Double, 0 values
(false);

-- Trace { } Present String, 0 values
(replace(trace_id::VARCHAR, '-', '') IS NOT NULL);

-- Trace { } Absent String, 0 values
(replace(trace_id::VARCHAR, '-', '') IS NULL);

-- Parent { } Equal String, 0 values
(false);

-- Parent { } Equal Int, 0 values
(false);

-- Parent { } Equal Double, 0 values
(false);

-- Parent { } NotEqual String, 0 values
(parent_id IS NOT NULL);

-- Parent { } NotEqual Int, 0 values
(parent_id IS NOT NULL);

-- Parent { } NotEqual Double, 0 values
(parent_id IS NOT NULL);

-- Parent { } Less String, 0 values
(false);

-- Parent { } Less Int, 0 values
(false);

-- Parent { } Less Double, 0 values
(false);

-- Parent { } LessOrEqual String, 0 values
(false);

-- Parent { } LessOrEqual Int, 0 values
(false);

-- Parent { } LessOrEqual Double, 0 values
(false);

-- Parent { } Greater String, 0 values
(false);

-- Parent { } Greater Int, 0 values
(false);

-- Parent { } Greater Double, 0 values
(false);

-- Parent { } GreaterOrEqual String, 0 values
(false);

-- Parent { } GreaterOrEqual Int, 0 values
(false);

-- Parent { } GreaterOrEqual Double, 0 values
(false);

-- Parent { } Contains String, 1 values
(regexp_matches(lpad(lower(to_hex(parent_id)), 16, '0'), $1::VARCHAR));

-- Parent { } Contains Int, 0 values
(false);

-- Parent { } Contains Double, 0 values
(false);

-- Parent { } Present String, 0 values
(lpad(lower(to_hex(parent_id)), 16, '0') IS NOT NULL);

-- Parent { } Absent String, 0 values
(lpad(lower(to_hex(parent_id)), 16, '0') IS NULL);
