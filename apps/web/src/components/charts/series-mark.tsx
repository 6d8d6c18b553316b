import { seriesPaint, type Series } from "./series";

/** Point of a line. Its shape tells which line it belongs to. */
export function SeriesMark({ series, x, y }: { series: Series; x: number; y: number }) {
  const { stroke } = seriesPaint(series);
  switch (series.look) {
    case 2:
    case "refused":
      return <path d={`M${x - 3.2} ${y - 3.2}h6.4v6.4h-6.4z`} fill={stroke} />;
    case 3:
      return <path d={`M${x} ${y - 4.2}l4 7.2h-8z`} fill={stroke} />;
    case 4:
      return <path d={`M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z`} fill={stroke} />;
    case 5:
      return <path d={`M${x - 4} ${y}h8M${x} ${y - 4}v8`} stroke={stroke} strokeWidth="2" />;
    case 6:
      return <circle cx={x} cy={y} r="3.2" fill="var(--surface)" stroke={stroke} />;
    case 1:
    case "allowed":
      return <circle cx={x} cy={y} r="3.5" fill={stroke} />;
  }
}
