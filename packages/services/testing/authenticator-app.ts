import { Secret, TOTP } from "otpauth";

/** Returns the code that an authenticator app with this secret shows now. */
export const showCode = (secret: string) => TOTP.generate({ secret: Secret.fromBase32(secret) });
