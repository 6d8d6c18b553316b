import { readOwnRecord } from "@ringfence/services/desk/own-record";
import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { PublicFrame, PublicLink } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import { AskCodeForm } from "@/features/desk/own-record/code-forms";
import {
  OwnCalls,
  OwnConsents,
  OwnOutcome,
  OwnComplaints,
  OwnRefusals,
} from "@/features/desk/own-record/own-record";
import { hideOwnRecord } from "@/features/desk/own-record/actions";
import { addRequestedLanguage } from "@/server/request-path";
import { findDelivery } from "@/server/delivery";
import { readDraft, findOpenedRecord, sealOwner, loadOwnPage } from "@/server/own-record";
import { readFormState, noFormState } from "@/server/public-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ownRecord");
  return { title: { absolute: t("title") } };
}

/** Offers the opt-out first, without a code. The stored record is shown after a code was typed. */
export default async function MyOrganizationPage({
  params,
  searchParams,
}: PageProps<"/my/[organization]">) {
  const { organization: address } = await params;
  const query = await searchParams;
  const state = "again" in query ? await readFormState() : noFormState;
  const kept = await readDraft();
  const visitor = await loadOwnPage(address);
  const opened = await findOpenedRecord(visitor.organizationId);
  const [t, { organization }] = [
    await getTranslations("ownRecord"),
    await readOptOutChoices(visitor),
  ];
  const own = opened && {
    record: await readOwnRecord(opened.ctx),
    until: opened.until,
    page: { address, owner: await sealOwner(opened.ctx.actor.phoneId) },
    draft: kept?.phoneId === opened.ctx.actor.phoneId ? kept : null,
  };
  return (
    <PublicFrame seller={organization} title={t("title")} hasLanguages>
      <PublicLink href={await addRequestedLanguage(`/stop/${address}`)}>{t("stop")}</PublicLink>
      {own === null ? (
        <>
          <p>{t("lead")}</p>
          {!findDelivery().sms && (
            <Banner tone="care" title={t("noSms")}>
              {t("noSmsBody", { organization })}
            </Banner>
          )}
          {"not-withdrawn" in query && <Banner tone="bad" role="alert" title={t("notTaken")} />}
          {kept && <Banner title={t("draftKept")}>{t("draftKeptBody")}</Banner>}
          <AskCodeForm address={address} state={state} />
        </>
      ) : (
        <>
          <p>
            {t.rich("seen", {
              phone: () => <PhoneText phone={own.record.phone ?? ""} />,
              time: () => <LocalTime instant={own.until} zone={own.record.zone} />,
            })}
          </p>
          <OwnOutcome
            query={query}
            record={own.record}
            fault={state.faults["/text"]}
            hasDraft={own.draft !== null}
          />
          <OwnConsents {...own.record} address={address} />
          <OwnCalls {...own.record} page={own.page} draft={own.draft} />
          <OwnComplaints {...own.record} />
          <OwnRefusals {...own.record} />
          <form action={hideOwnRecord.bind(null, address)}>
            <PublicSubmit busy={t("sending")} isQuiet>
              {t("hide")}
            </PublicSubmit>
          </form>
        </>
      )}
    </PublicFrame>
  );
}
