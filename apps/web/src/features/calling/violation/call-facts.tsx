import type { ScreeningOfCall, ViolationView } from "@ringfence/services/calling/violation";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { PhoneLink } from "@/components/phone-link";

type CallFactsProps = {
  call: NonNullable<ViolationView["call"]>;
  /** The name of what it was about. */
  purpose: string;
  /** Screening by which it was placed; null if there was none. */
  screening: ScreeningOfCall | null;
};

/** The call as the dialer's log tells of it. */
export function CallFacts({ call, purpose, screening }: CallFactsProps) {
  const t = useTranslations("violation");
  const { phone, phoneId, seller, at, outcome, campaign, externalId } = call;
  const known = [
    { name: t("outcome"), value: outcome },
    { name: t("campaign"), value: campaign },
    { name: t("externalId"), value: externalId },
  ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  return (
    <Facts
      facts={[
        {
          name: t("phone"),
          value: phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : t("erased"),
        },
        { name: t("at"), value: <LocalTime instant={at} precision="evidence" /> },
        { name: t("about"), value: t("aboutValue", { purpose, seller }) },
        ...known,
        {
          name: t("screening"),
          value:
            screening === null ? (
              t("noScreening")
            ) : (
              <Link href={`/screenings/${screening.id}`} prefetch={false}>
                {t(screening.isNamed ? "screeningNamed" : "screeningTaken")}
              </Link>
            ),
        },
        { name: t("recorded"), value: <LocalTime instant={call.recordedAt} /> },
      ]}
    />
  );
}
