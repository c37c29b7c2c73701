import { leaveSchemasOut, noCircularChunks } from '@casetalk/portal/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The API of a developer's machine; in production the portal's web server stands in its place. */
const api = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [leaveSchemasOut(), react(), noCircularChunks()],
  server: {
    proxy: { '/v1': { target: api, headers: { 'casetalk-portal': 'clinician' } } },
  },
  build: {
    // The content security policy allows files of this origin alone: nothing inlined, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
