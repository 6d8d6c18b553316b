import { isAcceptable } from "@ringfence/core/do-not-call/registry";
import type { EditionView, RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Count } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { Said } from "@/components/said";
import { EditionDay } from "./edition-day";
import { SettleEdition } from "./settle-edition";

type HeldEditionProps = {
  registry: RegistryOverview;
  held: EditionView;
  /** Why the member may not settle it. */
  whyNot: string | undefined;
};

/** An edition that is not believed by itself: why, beside the one in force, and what can be done. */
export function HeldEdition({ registry, held, whyNot }: HeldEditionProps) {
  const t = useTranslations("held");
  const { edition } = registry;
  return (
    <Banner
      tone="care"
      title={t("title")}
      actions={
        <SettleEdition
          registryId={registry.id}
          editionId={held.id}
          isAcceptable={held.fault !== null && isAcceptable(held.fault)}
          whyNot={whyNot}
        />
      }
    >
      <p>{held.fault && <Said message={held.fault} />}</p>
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
          <Line name={t("numbers")} before={edition?.listed} after={held.listed} />
          <Line name={t("added")} after={held.added} />
          <Line name={t("removed")} after={held.removed} />
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

const Line = ({
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
