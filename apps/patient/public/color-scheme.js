// Before anything is drawn: light or dark, as chosen on this device or as the device has it.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('casetalk-color-scheme') ?? 'auto';
  } catch {
    // Without storage the device decides.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
