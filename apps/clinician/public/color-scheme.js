// Runs before the first drawing, so that a dark room never flashes white. The content security policy allows no inline
// script, hence a file of its own.
{
  const root = document.documentElement;
  const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  let choice = null;
  try {
    choice = localStorage.getItem('casetalk-color-scheme');
  } catch {
    // No storage: the device's own scheme it is.
  }
  root.dataset.mantineColorScheme = choice === 'dark' || choice === 'light' ? choice : device;
}
