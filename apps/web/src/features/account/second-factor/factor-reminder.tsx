import type { CurrentMember } from "@ringfence/services/account/member";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { Banner } from "@/components/banner";

type FactorReminderProps = {
  member: Pick<CurrentMember, "hasSecondFactor" | "secondFactorFrom" | "isByProvider">;
};

/** Tells a member without a second factor when they will need one. */
export function FactorReminder({ member }: FactorReminderProps) {
  const t = useTranslations("secondFactor");
  const format = useFormatter();
  const { hasSecondFactor, secondFactorFrom, isByProvider } = member;
  if (hasSecondFactor || isByProvider || secondFactorFrom === null) return null;
  const date = format.dateTime(secondFactorFrom, { day: "numeric", month: "long" });
  return (
    <div className="mb-6">
      <Banner tone="care" title={t("reminder", { date })}>
        <Link href="/settings">{t("reminderDo")}</Link>
      </Banner>
    </div>
  );
}
