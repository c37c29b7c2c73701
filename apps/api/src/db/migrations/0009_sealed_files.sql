-- Files that were kept before their bytes were sealed: `migrate` seals them right after this.
INSERT INTO sealing_backlog (part) SELECT 'files' WHERE EXISTS (SELECT FROM files WHERE key_owner_id IS NULL);
