// Runs age-encryption, the age author's TypeScript implementation, for test_interoperability.py:
//   node peer.mjs generate | recipient IDENTITY | encrypt IN OUT RECIPIENT… | decrypt IN OUT IDENTITY
import { readFile, writeFile } from "node:fs/promises";
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";

const [command, ...rest] = process.argv.slice(2);
if (command === "generate") {
  process.stdout.write(await generateHybridIdentity());
} else if (command === "recipient") {
  process.stdout.write(await identityToRecipient(rest[0]));
} else if (command === "encrypt") {
  const [from, to, ...recipients] = rest;
  const encrypter = new Encrypter();
  recipients.forEach((recipient) => encrypter.addRecipient(recipient));
  await writeFile(to, await encrypter.encrypt(new Uint8Array(await readFile(from))));
} else {
  const [from, to, identity] = rest;
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  await writeFile(to, await decrypter.decrypt(new Uint8Array(await readFile(from))));
}
