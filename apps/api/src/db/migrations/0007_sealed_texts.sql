CREATE TABLE "sealing_backlog" (
	"part" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
-- What stands here already is plain. It is marked with a first byte that no sealed text has, and listed; `migrate` seals it
-- right after this, and until then nobody is served it.
INSERT INTO sealing_backlog (part)
  SELECT 'messages.body' WHERE EXISTS (SELECT FROM messages)
  UNION ALL SELECT 'attachments.name' WHERE EXISTS (SELECT FROM attachments)
  UNION ALL SELECT 'doctor_talk_messages.body' WHERE EXISTS (SELECT FROM doctor_talk_messages)
  UNION ALL SELECT 'case_attachments.name' WHERE EXISTS (SELECT FROM case_attachments);--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "body" SET DATA TYPE bytea USING '\x00'::bytea || convert_to("body", 'UTF8');--> statement-breakpoint
ALTER TABLE "attachments" ALTER COLUMN "name" SET DATA TYPE bytea USING '\x00'::bytea || convert_to("name", 'UTF8');--> statement-breakpoint
ALTER TABLE "doctor_talk_messages" ALTER COLUMN "body" SET DATA TYPE bytea USING '\x00'::bytea || convert_to("body", 'UTF8');--> statement-breakpoint
ALTER TABLE "case_attachments" ALTER COLUMN "name" SET DATA TYPE bytea USING '\x00'::bytea || convert_to("name", 'UTF8');
