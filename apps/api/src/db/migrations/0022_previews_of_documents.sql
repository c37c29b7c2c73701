-- Photographs of telephones and documents that were kept before they had previews get one as well.
UPDATE files SET preview = 'making', preview_due_at = now()
  WHERE preview = 'none' AND scan <> 'infected' AND size <= 67108864
    AND media_type IN ('image/heic', 'application/pdf');
