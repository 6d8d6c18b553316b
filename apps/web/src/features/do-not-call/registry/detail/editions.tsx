import type { RegistryId } from "@ringfence/core/ids";
import type { EditionView, RegistryOverview } from "@ringfence/services/do-not-call/registry";
import Link from "next/link";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { EditionDay, EditionRemark } from "../words";
import { ReviewEditionButtons, RollBack } from "./decision-buttons";
import { isAcceptable } from "@ringfence/core/do-not-call/registry";
import { Banner } from "@/components/banner";
import { MessageText } from "@/components/message-text";

type EditionTableProps = {
  editions: readonly EditionView[];
  /** Number of the edition in force; undefined before the first. */
  inForce: number | undefined;
  registryId: RegistryId;
  /** Why the member may not roll back. */
  whyNot: string | undefined;
};

/** Lists editions with their changes and officers' reviews. */
export function EditionTable({ editions, inForce, registryId, whyNot }: EditionTableProps) {
  const t = useTranslations("editions");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<EditionView>, ...Column<EditionView>[]] = [
    {
      key: "number",
      head: t("edition"),
      cell: (edition) => (
        <>
          {edition.number === null ? (
            t("unnumbered")
          ) : (
            <Link href={`/registries/${registryId}/editions/${edition.number}`}>
              <Count value={edition.number} />
              {", "}
              {t(edition.kind)}
            </Link>
          )}
          {edition.number === null && `, ${t(edition.kind)}`}
          <EditionRemark edition={edition} />
        </>
      ),
    },
    {
      key: "status",
      head: t("status"),
      cell: (edition) => <Badge status={editionStatus(edition, inForce)} />,
    },
    {
      key: "read",
      head: t("read", { zone }),
      narrow: t("read", { zone }),
      cell: ({ readAt }) => <LocalTime instant={readAt} precision="cell" />,
    },
    {
      key: "published",
      head: t("published"),
      narrow: t("published"),
      cell: (edition) => <EditionDay edition={edition} />,
    },
    ...useCountColumns(),
    {
      key: "sha256",
      head: t("sha256"),
      narrow: t("sha256"),
      isFigure: true,
      cell: ({ sha256 }) => <code>{sha256.slice(0, 12)}…</code>,
    },
    useRollBackColumn({ inForce, registryId, whyNot }),
  ];
  return (
    <Table
      isStack
      caption={t("caption", { zone })}
      columns={columns}
      rows={editions}
      rowKey={({ id }) => id}
    />
  );
}

type RollBackColumnProps = Omit<EditionTableProps, "editions">;

function useRollBackColumn({
  inForce,
  registryId,
  whyNot,
}: RollBackColumnProps): Column<EditionView> {
  const t = useTranslations("editions");
  return {
    key: "back",
    head: <span className="sr-only">{t("back")}</span>,
    isFigure: true,
    cell: (edition) =>
      edition.number !== null &&
      editionStatus(edition, inForce) === "replaced" && (
        <RollBack registryId={registryId} number={edition.number} whyNot={whyNot} />
      ),
  };
}

function useCountColumns(): Column<EditionView>[] {
  const t = useTranslations("editions");
  return (["listed", "added", "removed"] as const).map((key) => ({
    key,
    head: t(key),
    narrow: t(key),
    isFigure: true,
    cell: (edition) => <Count value={edition[key]} />,
  }));
}

/** Tells the applied edition in force from replaced ones. */
function editionStatus({ status, number }: EditionView, inForce: number | undefined) {
  if (status !== "applied") return status;
  return number === inForce ? "in-force" : "replaced";
}

type HeldEditionProps = {
  registry: RegistryOverview;
  held: EditionView;
  /** Why the member may not review it. */
  whyNot: string | undefined;
};

/** Shows why an edition is held, compares it with the one in force, and offers to accept or reject it. */
export function HeldEdition({ registry, held, whyNot }: HeldEditionProps) {
  const t = useTranslations("held");
  const { edition } = registry;
  return (
    <Banner
      tone="care"
      title={t("title")}
      actions={
        <ReviewEditionButtons
          registryId={registry.id}
          editionId={held.id}
          isAcceptable={held.fault !== null && isAcceptable(held.fault)}
          whyNot={whyNot}
        />
      }
    >
      <p>{held.fault && <MessageText message={held.fault} />}</p>
      <p>{t("meanwhile")}</p>
      <table className="my-3 max-w-[34rem]">
        <caption className="sr-only">{t("compared")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("compares")}</th>
            <th scope="col" className="figure">
              {t("inForce")}
            </th>
            <th scope="col" className="figure">
              {t("held")}
            </th>
          </tr>
        </thead>
        <tbody>
          <ComparisonRow name={t("numbers")} before={edition?.listed} after={held.listed} />
          <ComparisonRow name={t("added")} after={held.added} />
          <ComparisonRow name={t("removed")} after={held.removed} />
          <tr>
            <th scope="row">{t("published")}</th>
            <td className="figure">{edition && <EditionDay edition={edition} />}</td>
            <td className="figure">
              <EditionDay edition={held} />
            </td>
          </tr>
          <tr>
            <th scope="row">{t("read")}</th>
            <td className="figure">
              {edition && <LocalTime instant={edition.readAt} precision="day" />}
            </td>
            <td className="figure">
              <LocalTime instant={held.readAt} precision="day" />
            </td>
          </tr>
        </tbody>
      </table>
    </Banner>
  );
}

const ComparisonRow = ({
  name,
  before,
  after,
}: {
  name: string;
  before?: number | undefined;
  after: number;
}) => (
  <tr>
    <th scope="row">{name}</th>
    <td className="figure">{before !== undefined && <Count value={before} />}</td>
    <td className="figure">
      <Count value={after} />
    </td>
  </tr>
);
