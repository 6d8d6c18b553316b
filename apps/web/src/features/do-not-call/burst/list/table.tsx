import type { BurstView } from "@ringfence/services/do-not-call/burst";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { createLoader, createSerializer } from "nuqs/server";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { Table } from "@/components/table";
import { safePath } from "@/server/safe-path";
import { parseAsTrail } from "@/server/list-query";

/** Lists bursts of opt-outs, newest first. */
export function BurstTable({ bursts }: { bursts: readonly BurstView[] }) {
  const t = useTranslations("bursts");
  return (
    <Table
      isStack
      caption={t("caption")}
      rows={bursts}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "when",
          head: t("when"),
          cell: ({ id, firstAt }) => (
            <Link href={safePath(burstPath(id))}>
              <LocalTime instant={firstAt} />
            </Link>
          ),
        },
        {
          key: "from",
          head: t("from"),
          narrow: t("from"),
          cell: ({ addresses }) => t(`addresses.${addresses}`),
        },
        {
          key: "refusals",
          head: t("refusals"),
          narrow: t("refusals"),
          isFigure: true,
          cell: ({ refusals }) => <Count value={refusals} />,
        },
        {
          key: "proof",
          head: t("withProof"),
          narrow: t("withProof"),
          isFigure: true,
          cell: ({ withProof }) => <Count value={withProof} />,
        },
        {
          key: "state",
          head: t("state"),
          narrow: t("state"),
          cell: (burst) => <BurstState burst={burst} />,
        },
      ]}
    />
  );
}

/** Says in a word or two what officers have decided about a burst. */
export function BurstState({ burst: { liftings, dismissed } }: { burst: BurstView }) {
  const t = useTranslations("bursts");
  if (liftings.some(({ answer }) => answer?.isAccepted)) return t("states.lifted");
  if (liftings.some(({ answer }) => answer === null)) return t("states.asked");
  return t(dismissed === null ? "states.open" : "states.dismissed");
}

const query = { after: parseAsTrail };

/** Reads from the address which page of bursts, or of a burst's opt-outs, is shown. */
export const loadBurstQuery = createLoader(query);

const serialize = createSerializer(query);
/** Address of a page of bursts, or of one burst. `after` are the cursors of the pages before, and of this one. */
export const burstListPath = (after: string[]) => serialize("/opt-outs/bursts", { after });
export const burstPath = (id: string, after: string[] = []) =>
  serialize(`/opt-outs/bursts/${id}`, { after });
