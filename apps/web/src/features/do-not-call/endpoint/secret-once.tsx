import type { EndpointId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/buttons";
import { ShownOnce } from "@/components/client-buttons";
import { safePath } from "@/server/safe-path";

type SecretOnceProps = { secret: string; endpointId?: EndpointId };

/** Shows the secret that signs requests, this one time. */
export function SecretOnce({ secret, endpointId }: SecretOnceProps) {
  const t = useTranslations("endpoint");
  return (
    <ShownOnce title={t("secretMade")} note={t("secretOnce")} secret={secret}>
      {endpointId && (
        <ButtonLink size="small" href={safePath(`/endpoints/${endpointId}`)}>
          {t("open")}
        </ButtonLink>
      )}
    </ShownOnce>
  );
}
