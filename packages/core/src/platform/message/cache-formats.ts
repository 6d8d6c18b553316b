const MAX_FORMATS = 2_000;

/**
 * Creates a function that caches formats by their options, because creating one takes 50 µs or more. The options
 * must be plain JSON.
 */
export function cacheFormats<Options extends unknown[], Format>(
  make: (...options: Options) => Format,
): (...options: Options) => Format {
  const formats = new Map<string, Format>();
  return (...options) => {
    const id = JSON.stringify(options);
    const cached = formats.get(id);
    if (cached !== undefined) return cached;

    const format = make(...options);
    if (formats.size >= MAX_FORMATS) formats.clear();
    formats.set(id, format);
    return format;
  };
}
