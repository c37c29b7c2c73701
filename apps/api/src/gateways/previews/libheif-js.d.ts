/** What is used of libheif-js, which brings no types. Source: its `libheif-wasm/libheif-bundle.js`. */
declare module 'libheif-js/wasm-bundle.js' {
  interface Shown {
    /** Red, green, blue and alpha of each pixel. */
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
  }

  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Decodes into `target`, which is told back, or null when it failed. */
    display(target: Shown, done: (shown: Shown | null) => void): void;
  }

  const libheif: {
    readonly HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] };
  };
  export default libheif;
}
