import { type Client, createClient } from '@casetalk/client';

/** The API at the page's own origin; the portal's web server says which portal asks. */
export const api: Client = createClient({ baseUrl: '' });
