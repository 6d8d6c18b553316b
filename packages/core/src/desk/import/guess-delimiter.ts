import { Delimiter } from "./mapping.ts";

const MOST_LINES = 20;

/**
 * What stands between the cells: of comma, semicolon and tab the one that every line of the beginning
 * has equally often; failing that, the most frequent. What is quoted does not count.
 */
export function guessDelimiter(beginning: string): Delimiter {
  const lines = unquoted(beginning)
    .split(/\r\n|\n|\r/)
    .slice(0, MOST_LINES)
    .filter((line) => line.trim() !== "");
  const candidates = Delimiter.options.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const fewest = Math.min(...counts);
    const isEven = fewest > 0 && Math.max(...counts) === fewest;
    return { delimiter, isEven, total: counts.reduce((sum, count) => sum + count, 0) };
  });
  const [best] = candidates.toSorted(
    (a, b) => Number(b.isEven) - Number(a.isEven) || b.total - a.total,
  );
  return best?.delimiter ?? ",";
}

/** Line ends within quotes are no line ends either. */
const unquoted = (text: string) => text.replaceAll(/"(?:[^"]|"")*"/g, "");
