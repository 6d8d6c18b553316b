import type { RegistryId } from "@ringfence/core/ids";
import type { EditionView } from "@ringfence/services/do-not-call/registry";
import Link from "next/link";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { Count } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { EditionDay } from "./edition-day";
import { EditionRemark } from "./edition-remark";
import { RollBack } from "./roll-back";

type EditionTableProps = {
  editions: readonly EditionView[];
  /** The number of the one in force; undefined before the first. */
  inForce: number | undefined;
  registryId: RegistryId;
  /** Why the member may not go back to an earlier one. */
  whyNot: string | undefined;
};

/** Editions with what each changed, and what officers said of those that were held. */
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
      cell: (edition) => <Badge status={statusOf(edition, inForce)} />,
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
    ...useFigures(),
    {
      key: "sha256",
      head: t("sha256"),
      narrow: t("sha256"),
      isFigure: true,
      cell: ({ sha256 }) => <code>{sha256.slice(0, 12)}…</code>,
    },
    useReturn({ inForce, registryId, whyNot }),
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

type Returning = Omit<EditionTableProps, "editions">;

function useReturn({ inForce, registryId, whyNot }: Returning): Column<EditionView> {
  const t = useTranslations("editions");
  return {
    key: "back",
    head: <span className="sr-only">{t("back")}</span>,
    isFigure: true,
    cell: (edition) =>
      edition.number !== null &&
      statusOf(edition, inForce) === "replaced" && (
        <RollBack registryId={registryId} number={edition.number} whyNot={whyNot} />
      ),
  };
}

function useFigures(): Column<EditionView>[] {
  const t = useTranslations("editions");
  return (["listed", "added", "removed"] as const).map((key) => ({
    key,
    head: t(key),
    narrow: t(key),
    isFigure: true,
    cell: (edition) => <Count value={edition[key]} />,
  }));
}

/** Of those that were applied one is in force, and the others were. */
export function statusOf({ status, number }: EditionView, inForce: number | undefined) {
  if (status !== "applied") return status;
  return number === inForce ? "in-force" : "replaced";
}
