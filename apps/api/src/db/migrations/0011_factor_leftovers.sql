-- What was asked for in proving somebody, and addresses and numbers that were never proved, are forgotten in time.
GRANT DELETE ON factor_ceremonies, contact_changes TO casetalk_jobs;
