"use client";

import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { type Path, pointerTo } from "./rule-edit";
import { useEditor } from "./rule-editor";

/** How many people a row means alone; nothing before that is known. */
export function RowCount({ path }: { path: Path }) {
  const t = useTranslations("segmentBuilder");
  const count = useEditor().counts.get(pointerTo(path));
  return (
    <span className="min-w-10 text-right text-sm leading-8 tabular-nums">
      {count !== undefined &&
        t.rich("alone", {
          count,
          n: () => <Count value={count} />,
          w: (words) => <span className="sr-only">{words}</span>,
        })}
    </span>
  );
}
