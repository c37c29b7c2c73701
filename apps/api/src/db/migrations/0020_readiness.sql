-- A process tells whether the database is of its build before it says that it can serve.
GRANT USAGE ON SCHEMA drizzle TO casetalk_app;--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO casetalk_app;
