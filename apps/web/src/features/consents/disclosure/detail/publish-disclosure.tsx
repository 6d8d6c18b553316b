"use client";
import type { DisclosureId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { MessageText } from "@/components/message-text";
import { useRefreshed, useTRPC } from "@/trpc/client";

type PublishDisclosureProps = { id: DisclosureId; whyNot: string | undefined };

/** Publishes the draft, and lists the faults that prevent it. */
export function PublishDisclosure({ id, whyNot }: PublishDisclosureProps) {
  const t = useTranslations("disclosure");
  const { onSuccess } = useRefreshed();
  const trpc = useTRPC();
  const publish = useMutation(trpc.disclosure.publish.mutationOptions({ onSuccess }));
  const faults = publish.data?.faults ?? [];
  return (
    <div className="grid justify-items-start gap-3 pt-4">
      <Button
        look="primary"
        whyNot={whyNot}
        busy={publish.isPending && t("publishing")}
        onClick={() => publish.mutate({ disclosureId: id })}
      >
        {t("publish")}
      </Button>
      {publish.error && <Banner tone="bad" role="alert" title={publish.error.message} />}
      {faults.length > 0 && (
        <Banner tone="bad" role="alert" title={t("faults", { count: faults.length })}>
          <ul className="list-disc pl-4">
            {faults.map(({ path, message }) => (
              <li key={`${path} ${message.key}`}>
                <MessageText message={message} />
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </div>
  );
}
