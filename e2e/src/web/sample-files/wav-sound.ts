const RATE = 8000;
const HEADER = 44;

/** A tone of 440 Hz as WAV, 16 bit. */
export function wavSound(seconds: number): Uint8Array<ArrayBuffer> {
  const length = RATE * seconds;
  const bytes = Buffer.alloc(HEADER + 2 * length);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(2 * RATE, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * length, 40);
  for (let i = 0; i < length; i += 1)
    bytes.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / RATE)), HEADER + 2 * i);
  return new Uint8Array(bytes);
}
