import type { DisconnectionView, RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { DisconnectButton, ReconnectButton, ReviewDisconnection } from "./decision-buttons";
import { placeName } from "@/i18n/place-name";

type DisconnectionProps = {
  registry: Pick<RegistryOverview, "id" | "name">;
  disconnection: DisconnectionView;
  whyNot: string | undefined;
};

/** Says that a registry is disconnected or that an officer asks to disconnect it; else shows nothing. */
export function DisconnectionState({ registry, disconnection, whyNot }: DisconnectionProps) {
  const t = useTranslations("disconnection");
  const consequences = useConsequences()(disconnection);
  const { open } = disconnection;
  if (open === null) return null;
  const why = (
    <p>
      {open.by ?? t("nobody")}, <LocalTime instant={open.at} />: {open.reason}
    </p>
  );
  if (open.status === "disconnected") {
    return (
      <Banner
        tone="care"
        title={t("disconnected")}
        actions={<ReconnectButton registryId={registry.id} whyNot={whyNot} />}
      >
        {why}
        {open.settledAt && open.settledBy !== open.by && (
          <p>
            {t("acceptedBy", { name: open.settledBy ?? t("nobody") })},{" "}
            <LocalTime instant={open.settledAt} />
          </p>
        )}
      </Banner>
    );
  }
  return (
    <Banner
      tone="care"
      title={t("proposed")}
      actions={
        <ReviewDisconnection
          registryId={registry.id}
          disconnectionId={open.id}
          {...{ consequences, whyNot }}
          isOwn={open.isOwn}
          acceptFault={open.acceptFault}
        />
      }
    >
      {why}
      <p>{consequences}</p>
    </Banner>
  );
}

/** Offers to disconnect a registry, unless a request is open or it is already disconnected. */
export function Disconnect({ registry, disconnection, whyNot }: DisconnectionProps) {
  const consequences = useConsequences()(disconnection);
  if (disconnection.open !== null) return null;
  return (
    <DisconnectButton
      registry={{ id: registry.id, name: registry.name }}
      needsSecond={disconnection.needsSecond}
      {...{ consequences, whyNot }}
    />
  );
}

/** Describes what happens to calls once a registry is disconnected, and whether a second officer must accept. */
function useConsequences() {
  const t = useTranslations("disconnection");
  const locale = useLocale();
  const format = useFormatter();
  return ({ effect, jurisdictions, contacts, isLifted, needsSecond }: DisconnectionView) =>
    [
      t(effect, {
        places: format.list(jurisdictions.map((place) => placeName(locale, place))),
        isLifted: String(isLifted),
      }),
      contacts > 0 ? t("contacts", { count: contacts }) : "",
      needsSecond ? t("needsSecond") : "",
      t("kept"),
    ]
      .filter((sentence) => sentence !== "")
      .join(" ");
}
