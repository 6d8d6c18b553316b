import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/buttons";
import { Empty, PageHead, Section } from "@/components/page-layout";
import { MappedTable, SeenTable } from "@/features/do-not-call/inbound/codes";
import { ConnectMailgun, ConnectTwilio } from "@/features/do-not-call/inbound/source-forms";
import { MapCode } from "@/features/do-not-call/inbound/code-forms";
import { QuestionList } from "@/features/do-not-call/inbound/questions";
import { SourceTable } from "@/features/do-not-call/inbound/sources";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbound");
  return { title: t("title") };
}

export default async function InboundPage() {
  const member = await requireMember("inbound.read");
  const [t, twilio, mailgun, refusal, notMend] = await Promise.all([
    getTranslations("inbound"),
    getTranslations("twilio"),
    getTranslations("mailgun"),
    whyNot(member, "inbound.change"),
    whyNot(member, "opt-out.mend"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {may(toActor(member), "opt-out.read") && <Questions whyNot={notMend} />}
      <Codes whyNot={refusal} />
      <Provider provider="twilio" t={twilio} whyNot={refusal} />
      <Provider provider="mailgun" t={mailgun} whyNot={refusal} />
    </>
  );
}

type PartProps = { whyNot: string | undefined };

async function Questions({ whyNot }: PartProps) {
  const [t, { items, count }] = await Promise.all([
    getTranslations("questions"),
    api.inbound.questions(),
  ]);
  return (
    <Section title={t("title")} aside={t("count", { count })}>
      {items.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <QuestionList questions={items} whyNot={whyNot} />
      )}
    </Section>
  );
}

async function Codes({ whyNot }: PartProps) {
  const [t, { mapped, seen }] = await Promise.all([
    getTranslations("dispositions"),
    api.inbound.dispositions(),
  ]);
  const isShut = whyNot !== undefined;
  return (
    <Section title={t("title")}>
      <p className="max-w-[46rem] py-2.5 text-muted">{t("note")}</p>
      {mapped.length > 0 && <MappedTable codes={mapped} isShut={isShut} />}
      {isShut ? <Button whyNot={whyNot}>{t("save")}</Button> : <MapCode />}
      {seen.length > 0 && (
        <>
          <h3 className="pt-4 text-base font-semibold">{t("seen")}</h3>
          <SeenTable codes={seen} isShut={isShut} />
        </>
      )}
    </Section>
  );
}

const connecting = { twilio: ConnectTwilio, mailgun: ConnectMailgun };

type ProviderProps = PartProps & {
  provider: keyof typeof connecting;
  t: (key: "title" | "note" | "caption" | "accountHead" | "connect") => string;
};

async function Provider({ whyNot, provider, t }: ProviderProps) {
  const sources = (await api.inbound.sources()).filter((source) => source.provider === provider);
  const words = { caption: t("caption"), account: t("accountHead") };
  const Connect = connecting[provider];
  return (
    <Section title={t("title")}>
      <p className="max-w-[46rem] py-2.5 text-muted">{t("note")}</p>
      {sources.length > 0 && (
        <SourceTable sources={sources} words={words} mayChange={whyNot === undefined} />
      )}
      {whyNot === undefined ? (
        <Connect />
      ) : (
        <div className="py-3">
          <Button whyNot={whyNot}>{t("connect")}</Button>
        </div>
      )}
    </Section>
  );
}
