declare module '*.module.css' {
  /** The file's class names, by the names that stand in it. */
  const classes: { readonly [name: string]: string };
  export default classes;
}

declare module '*.css';
