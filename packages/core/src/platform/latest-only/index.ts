/**
 * Returns a function that does work and hands its result on, unless it was called again meanwhile: a page then shows
 * the result for what was chosen last, in whatever order the results come. A fault of work that was overtaken is
 * dropped, too.
 */
export function createLatestOnly() {
  let latest = 0;
  return async <Result>(
    work: () => Promise<Result>,
    take: (result: Result) => void,
  ): Promise<void> => {
    const turn = ++latest;
    try {
      const result = await work();
      if (turn === latest) take(result);
    } catch (fault) {
      if (turn === latest) throw fault;
    }
  };
}
