const MAX_FORMATS = 2_000;

/** Creates a function that caches formats by their options, because creating one takes 50 µs or more. */
export function keepFormats<Options extends unknown[], Format>(
  make: (...options: Options) => Format,
): (...options: Options) => Format {
  const formats = new Map<string, Format>();
  return (...options) => {
    const id = JSON.stringify(options);
    const known = formats.get(id);
    if (known !== undefined) return known;

    const format = make(...options);
    if (formats.size >= MAX_FORMATS) formats.clear();
    formats.set(id, format);
    return format;
  };
}
