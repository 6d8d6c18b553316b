"use client";

import type { Leaf } from "@ringfence/core/audience/segment";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/icon";
import { Said } from "@/components/said";
import { freshLeaf, leafKinds } from "./fresh-leaf";
import { InlineChoice } from "./inline-choice";
import { LeafFields } from "./leaf-fields";
import { type Path, pointerTo } from "./rule-edit";
import { useEditor } from "./rule-editor";
import { useWorld } from "./rule-world";

/** One thing that is asked, as controls in a row, and what is wrong with it. */
export function LeafRow({ leaf, path }: { leaf: Leaf; path: Path }) {
  const t = useTranslations("segmentBuilder");
  const world = useWorld();
  const { change, faults, added } = useEditor();
  const pointer = pointerTo(path);
  const own = faults.filter((fault) => isWithin(fault.path, pointer));
  const kinds = leafKinds.filter((kind) => kind === leaf.is || freshLeaf(kind, world) !== null);
  return (
    <div
      ref={added === pointer ? focusFirst : undefined}
      className="flex flex-wrap items-center gap-1.5 leading-8"
    >
      <InlineChoice
        isStrong
        label={t("kind")}
        choices={kinds.map((key) => ({ key, name: t(`kinds.${key}`) }))}
        chosen={leaf.is}
        onChoose={(kind) => {
          const fresh = freshLeaf(kind, world);
          if (fresh !== null) change(path, fresh);
        }}
      />
      <LeafFields leaf={leaf} onLeaf={(leaf) => change(path, leaf)} />
      {own.map(({ path, message }) => (
        <p
          key={path}
          role="alert"
          className="flex basis-full gap-1.5 text-sm font-medium text-refuse"
        >
          <Icon of={CircleAlert} className="mt-0.5 shrink-0" />
          <Said message={message} />
        </p>
      ))}
    </div>
  );
}

const isWithin = (path: string, pointer: string) =>
  path === pointer || path.startsWith(`${pointer}/`);

/** Who has added a row goes on in it. */
export function focusFirst(row: HTMLElement | null) {
  row?.querySelector<HTMLElement>("select, button")?.focus();
}
