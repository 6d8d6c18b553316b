import { Secret, TOTP } from "otpauth";

/** What the authenticator app with this secret shows now. */
export const showCode = (secret: string) => TOTP.generate({ secret: Secret.fromBase32(secret) });
