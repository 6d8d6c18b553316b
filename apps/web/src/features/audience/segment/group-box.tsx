"use client";

import { type Group, isGroup, type Rule } from "@ringfence/core/audience/segment";
import { CircleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/icon";
import { Said } from "@/components/said";
import { GroupAdds } from "./group-adds";
import { IconButton } from "./icon-button";
import { InlineChoice } from "./inline-choice";
import { focusFirst, LeafRow } from "./leaf-row";
import { RowCount } from "./row-count";
import { addsId, type Path, pointerTo } from "./rule-edit";
import { useEditor } from "./rule-editor";

const joints = ["all", "any", "none"] as const satisfies readonly Group["is"][];

/** The rail says how rows join: all solid, any dashed, none double. */
const rails: Record<Group["is"], string> = {
  all: "border-l-2 pl-3",
  any: "border-l-2 border-dashed pl-3",
  none: "border-l-[5px] border-double pl-2.5",
};

/** Rows that join in one way; a group may be one of them. */
export function GroupBox({ group, path }: { group: Group; path: Path }) {
  const t = useTranslations("segmentBuilder");
  const { change, faults, added } = useEditor();
  const pointer = pointerTo(path);
  const own = faults.filter((fault) => fault.path === pointer || fault.path === `${pointer}/of`);
  return (
    <fieldset
      ref={added === pointer ? focusFirst : undefined}
      className={`min-w-0 border-ink ${rails[group.is]}`}
    >
      <legend className="sr-only">{t(`joints.${group.is}`)}</legend>
      <div className="flex flex-wrap items-center gap-x-2.5 pb-1.5">
        <InlineChoice
          isStrong
          label={t("joined")}
          choices={joints.map((key) => ({ key, name: t(`joints.${key}`) }))}
          chosen={group.is}
          onChoose={(is) => change(path, { ...group, is })}
        />
        <span className="text-sm text-muted">{t(`means.${group.is}`)}</span>
      </div>
      {own.map(({ path, message }) => (
        <p key={path} role="alert" className="flex gap-1.5 text-sm font-medium text-refuse">
          <Icon of={CircleAlert} className="mt-0.5 shrink-0" />
          <Said message={message} />
        </p>
      ))}
      <ol>
        {group.of.map((node, index) => (
          // Rows have no name but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <Row key={index} node={node} path={[...path, index]} joint={group.is} />
        ))}
      </ol>
      <GroupAdds path={path} isEmpty={group.of.length === 0} />
    </fieldset>
  );
}

function Row({ node, path, joint }: { node: Rule; path: Path; joint: Group["is"] }) {
  const t = useTranslations("segmentBuilder");
  const { remove } = useEditor();
  const number = (path.at(-1) ?? 0) + 1;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-start gap-x-2 border-t border-line py-1.5 sm:grid-cols-[1.75rem_minmax(0,1fr)_auto_auto]">
      <span className="col-span-3 text-xs text-muted sm:col-span-1 sm:leading-8">
        {number > 1 && t(`words.${joint}`)}
      </span>
      {isGroup(node) ? (
        <div className="py-1">
          <GroupBox group={node} path={path} />
        </div>
      ) : (
        <LeafRow leaf={node} path={path} />
      )}
      <RowCount path={path} />
      <IconButton
        label={t(isGroup(node) ? "removeGroup" : "removeRow", { number })}
        onClick={() => {
          remove(path);
          document.getElementById(addsId(path.slice(0, -1)))?.focus();
        }}
      >
        <Icon of={X} />
      </IconButton>
    </li>
  );
}
