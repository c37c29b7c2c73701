-- Who acts by an emergency access sees of people and cases what stands beside the talk, and no more.
REVOKE SELECT ON clinicians, cases FROM casetalk_break_glass;--> statement-breakpoint
GRANT SELECT (id, practice_id, name, role, job_title, disabled_at) ON clinicians TO casetalk_break_glass;--> statement-breakpoint
GRANT SELECT (id, patient_name) ON cases TO casetalk_break_glass;
