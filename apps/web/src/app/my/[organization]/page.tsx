import { ConfirmationId } from "@ringfence/core/ids";
import { TimelineCursor } from "@ringfence/core/desk/number";
import {
  type OwnRecord,
  type OwnRecordOpened,
  readOwnRecord,
} from "@ringfence/services/desk/own-record";
import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { Section } from "@/components/page-layout";
import { PublicDownload, PublicFrame, PublicLink } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import { AskCodeForm } from "@/features/desk/own-record/code-forms";
import {
  AgreementOutcome,
  OwnCalls,
  OwnConsents,
  OwnOutcome,
  OwnComplaints,
  OwnRefusals,
} from "@/features/desk/own-record/own-record";
import { OwnAgreements, OwnPreferences, OwnTopics } from "@/features/desk/own-record/own-choices";
import { hideOwnRecord } from "@/features/desk/own-record/actions";
import { addRequestedLanguage } from "@/server/request-path";
import { findDelivery } from "@/server/delivery";
import {
  type Draft,
  readDraft,
  findOpenedRecord,
  sealOwner,
  loadOwnPage,
} from "@/server/own-record";
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
  return (
    <PublicFrame seller={organization} title={t("title")} hasLanguages>
      <PublicLink href={await addRequestedLanguage(`/stop/${address}`)}>{t("stop")}</PublicLink>
      {opened === null ? (
        <>
          <p>{t("lead")}</p>
          {!findDelivery().sms && (
            <Banner tone="care" title={t("noSms")}>
              {t("noSmsBody", { organization })}
            </Banner>
          )}
          {"not-withdrawn" in query && <Banner tone="bad" role="alert" title={t("notTaken")} />}
          {"not-chosen" in query && <Banner tone="bad" role="alert" title={t("preferencesNone")} />}
          {"not-agreed" in query && <Banner tone="bad" role="alert" title={t("agreeNone")} />}
          {"not-declined" in query && <Banner tone="bad" role="alert" title={t("topicsNone")} />}
          {kept && <Banner title={t("draftKept")}>{t("draftKeptBody")}</Banner>}
          <AskCodeForm address={address} state={state} />
          <p className="text-base">
            <a href={await addRequestedLanguage(`/my/${address}/handed`)}>{t("handedLink")}</a>
          </p>
        </>
      ) : (
        <OpenedRecord {...{ address, query, opened, kept }} faults={state.faults} />
      )}
    </PublicFrame>
  );
}

type OpenedRecordProps = {
  address: string;
  query: Query;
  opened: OwnRecordOpened;
  /** Text that was not sent, of whoever used the browser. */
  kept: Draft | null;
  /** Faults of a complaint, and of call preferences. */
  faults: Readonly<Record<string, string>>;
};

/** Shows the record of a person who has confirmed their phone, and what they can change about it. */
async function OpenedRecord({ address, query, opened, kept, faults }: OpenedRecordProps) {
  const t = await getTranslations("ownRecord");
  const { phoneId, code } = opened.ctx.actor;
  const record = await readOwnRecord(opened.ctx, { callsAfter: readCallsCursor(query) });
  const page = { address, owner: await sealOwner(phoneId) };
  const draft = kept?.phoneId === phoneId ? kept : null;
  return (
    <>
      <p>
        {t.rich("seen", {
          phone: () => <PhoneText phone={record.phone ?? ""} />,
          time: () => <LocalTime instant={opened.until} zone={record.zone} />,
        })}
      </p>
      {code === "spoken" && <p>{t("spokenShort")}</p>}
      <OwnOutcome query={query} record={record} fault={faults["/text"]} hasDraft={draft !== null} />
      <AgreementOutcome
        query={query}
        record={record}
        answerLink={await writeAnswerLink(query, record)}
      />
      <OwnConsents {...record} address={address} />
      <div id="calls">
        <OwnCalls
          {...record}
          page={page}
          draft={draft}
          links={await writeCallLinks(address, query, record)}
        />
      </div>
      <OwnComplaints {...record} />
      <OwnRefusals {...record} />
      <OwnPreferences
        {...record}
        hasProvedPhone={code === "sms"}
        page={page}
        fault={faults["/preferences"]}
      />
      <OwnTopics {...record} page={page} />
      <OwnAgreements {...record} forms={await linkForms(address, record)} />
      {code !== "spoken" && (
        <Section title={t("download")}>
          <div className="grid gap-3 pt-3">
            <p>{t("downloadBody")}</p>
            <PublicDownload href={`/my/${address}/record`}>{t("downloadFile")}</PublicDownload>
            <p>{t("portableBody")}</p>
            <PublicDownload href={`/my/${address}/data`}>{t("portable")}</PublicDownload>
          </div>
        </Section>
      )}
      <form action={hideOwnRecord.bind(null, address)}>
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("hide")}
        </PublicSubmit>
      </form>
    </>
  );
}

/** Reads from which call on the list continues; undefined for the latest calls, and for what is no cursor. */
const readCallsCursor = ({ calls }: Query) => TimelineCursor.safeParse(calls).data;

/**
 * Adds the address at which the person agrees to each form, in the language of the page. Lists none if they came by a
 * code issued by a member and no text message can be sent: their consent could then not be confirmed.
 */
const linkForms = async (address: string, { forms, code }: Pick<OwnRecord, "forms" | "code">) =>
  code === "sms" || findDelivery().sms
    ? Promise.all(
        forms.map(async (form) => ({
          ...form,
          href: await addRequestedLanguage(`/my/${address}/agree/${form.address}`),
        })),
      )
    : [];

/** Writes the address at which the person types the code of the message that asks for their consent, if one was sent. */
async function writeAnswerLink({ ref, form }: Query, { forms }: Pick<OwnRecord, "forms">) {
  const isListed = forms.some(({ address }) => address === form);
  const { data: reference } = ConfirmationId.safeParse(ref);
  if (!isListed || reference === undefined) return null;
  return addRequestedLanguage(`/f/${String(form)}/sent`, { means: "sms", ref: reference });
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Writes the links to earlier calls and back to the latest; null where there are none. */
async function writeCallLinks(
  address: string,
  query: Query,
  { earlierCalls }: Pick<OwnRecord, "earlierCalls">,
) {
  const link = async (more: Record<string, string>) =>
    `${await addRequestedLanguage(`/my/${address}`, more)}#calls`;
  return {
    earlier: earlierCalls === null ? null : await link({ calls: earlierCalls }),
    latest: readCallsCursor(query) === undefined ? null : await link({}),
  };
}
