-- By which a sender knows again the file that it has begun with.
ALTER TABLE "resumable_uploads" ADD COLUMN "fingerprint" text;
