"use client";
import { type Condition, type Group, type Rule, isGroup } from "@ringfence/core/audience/segment";
import { CircleAlert, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/icons";
import { MessageText } from "@/components/message-text";
import { IconButton, InlineChoice } from "./inline-fields";
import { type RulePath, addButtonId, toPointer, useEditor } from "./edit-rule";
import { Button } from "@/components/buttons";
import { conditionKinds, createCondition, useVocabulary } from "./new-condition";
import { ConditionFields } from "./condition-fields";
import { Count } from "@/components/numbers";

const groupKinds = ["all", "any", "none"] as const satisfies readonly Group["is"][];

/** Styles of the line beside the rows of a group, which shows its kind: all solid, any dashed, none double. */
const lineStyles: Record<Group["is"], string> = {
  all: "border-l-2 pl-3",
  any: "border-l-2 border-dashed pl-3",
  none: "border-l-[5px] border-double pl-2.5",
};

/** Edits a group: its kind, and its rows, each of which is a condition or another group. */
export function GroupBox({ group, path }: { group: Group; path: RulePath }) {
  const t = useTranslations("segmentBuilder");
  const { change, faults, added } = useEditor();
  const pointer = toPointer(path);
  // A group can only be wrong as a whole or have too many rows (`/of`).
  const groupFaults = faults.filter(
    (fault) => fault.path === pointer || fault.path === `${pointer}/of`,
  );
  return (
    <fieldset
      ref={added === pointer ? focusFirst : undefined}
      className={`min-w-0 border-ink ${lineStyles[group.is]}`}
    >
      <legend className="sr-only">{t(`joints.${group.is}`)}</legend>
      <div className="flex flex-wrap items-center gap-x-2.5 pb-1.5">
        <InlineChoice
          isStrong
          label={t("joined")}
          choices={groupKinds.map((key) => ({ key, name: t(`joints.${key}`) }))}
          chosen={group.is}
          onChoose={(is) => change(path, { ...group, is })}
        />
        <span className="text-sm text-muted">{t(`means.${group.is}`)}</span>
      </div>
      <NodeFaults faults={groupFaults} />
      <ol>
        {group.of.map((node, index) => (
          // Rows have no key but their position. Their fields hold nothing but what the rule says.
          // oxlint-disable-next-line react/no-array-index-key
          <Row key={index} node={node} path={[...path, index]} groupKind={group.is} />
        ))}
      </ol>
      <GroupButtons path={path} isEmpty={group.of.length === 0} />
    </fieldset>
  );
}

type RowProps = { node: Rule; path: RulePath; groupKind: Group["is"] };

/** A row of a group, with the word that joins it to the row before. */
function Row({ node, path, groupKind }: RowProps) {
  const t = useTranslations("segmentBuilder");
  const { remove } = useEditor();
  const number = (path.at(-1) ?? 0) + 1;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-start gap-x-2 border-t border-line py-1.5 sm:grid-cols-[1.75rem_minmax(0,1fr)_auto_auto]">
      <span className="col-span-3 text-xs text-muted sm:col-span-1 sm:leading-8">
        {number > 1 && t(`words.${groupKind}`)}
      </span>
      {isGroup(node) ? (
        <div className="py-1">
          <GroupBox group={node} path={path} />
        </div>
      ) : (
        <ConditionRow condition={node} path={path} />
      )}
      <RowCount path={path} />
      <IconButton
        label={t(isGroup(node) ? "removeGroup" : "removeRow", { number: String(number) })}
        onClick={() => {
          remove(path);
          document.getElementById(addButtonId(path.slice(0, -1)))?.focus();
        }}
      >
        <Icon of={X} />
      </IconButton>
    </li>
  );
}

/** Buttons that add a condition or a group. The kind of a condition can be changed in its row. */
function GroupButtons({ path, isEmpty }: { path: RulePath; isEmpty: boolean }) {
  const t = useTranslations("segmentBuilder");
  const vocabulary = useVocabulary();
  const { add } = useEditor();
  // These kinds can always be created: every organization has fixed fields (`@region`) and types of activities.
  const addCondition = (kind: "attribute" | "activity") => {
    const condition = createCondition(kind, vocabulary);
    if (condition !== null) add(path, condition);
  };
  return (
    <div className="flex flex-wrap items-center gap-1 pt-1 sm:pl-7">
      {isEmpty && <p className="basis-full py-1 text-sm text-muted">{t("emptyGroup")}</p>}
      <Button
        id={addButtonId(path)}
        size="small"
        look="quiet"
        icon={Plus}
        onClick={() => addCondition("attribute")}
      >
        {t("addCondition")}
      </Button>
      <Button size="small" look="quiet" icon={Plus} onClick={() => addCondition("activity")}>
        {t("addActivity")}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon={Plus}
        onClick={() => add(path, { is: "any", of: [] })}
      >
        {t("addGroup")}
      </Button>
    </div>
  );
}

/** Edits one condition in a row, and shows its faults. */
function ConditionRow({ condition, path }: { condition: Condition; path: RulePath }) {
  const t = useTranslations("segmentBuilder");
  const vocabulary = useVocabulary();
  const { change, faults, added } = useEditor();
  const pointer = toPointer(path);
  const conditionFaults = faults.filter((fault) => isWithin(fault.path, pointer));
  const kinds = conditionKinds.filter(
    (kind) => kind === condition.is || createCondition(kind, vocabulary) !== null,
  );
  return (
    <div
      ref={added === pointer ? focusFirst : undefined}
      className="flex flex-wrap items-center gap-1.5 leading-8"
    >
      <InlineChoice
        isStrong
        label={t("kind")}
        choices={kinds.map((key) => ({ key, name: t(`kinds.${key}`) }))}
        chosen={condition.is}
        onChoose={(kind) => {
          const fresh = createCondition(kind, vocabulary);
          if (fresh !== null) change(path, fresh);
        }}
      />
      <ConditionFields condition={condition} onCondition={(condition) => change(path, condition)} />
      <NodeFaults faults={conditionFaults} />
    </div>
  );
}

/** Says what is wrong with a group or a condition. One part may have several faults. */
const NodeFaults = ({ faults }: Pick<ReturnType<typeof useEditor>, "faults">) =>
  faults.map(({ path, message }) => (
    <p
      key={`${path} ${message.key}`}
      role="alert"
      className="flex basis-full gap-1.5 text-sm font-medium text-refuse"
    >
      <Icon of={CircleAlert} className="mt-0.5 shrink-0" />
      <MessageText message={message} />
    </p>
  ));

const isWithin = (path: string, pointer: string) =>
  path === pointer || path.startsWith(`${pointer}/`);

/** Moves the focus into a row that was just added. */
function focusFirst(row: HTMLElement | null) {
  row?.querySelector<HTMLElement>("select, button")?.focus();
}

/** Shows how many people a row matches alone; empty until that is known. */
function RowCount({ path }: { path: RulePath }) {
  const t = useTranslations("segmentBuilder");
  const count = useEditor().counts.get(toPointer(path));
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
