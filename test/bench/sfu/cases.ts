// The classes that the SFU is measured with: who sends what to how many.
import { camera, type Dress, microphone, type TrackPlan, type VideoCodec } from '../loadgen/tracks.ts';

export interface Case {
  readonly name: string;
  readonly shape: 'lecture' | 'seminar';
  readonly dress: Dress;
  /** All who are in the room. */
  readonly people: number;
  /** What the person at this seat sends. */
  sends(seat: number): readonly TrackPlan[];
  /** How many tracks that seat receives. */
  receives(seat: number): number;
  /** How many seats receive a packet that is sent. */
  readonly receivers: number;
}

export interface Media {
  readonly codec: VideoCodec;
  /** Of the picture that is watched. */
  readonly kbps: number;
  readonly layers: number;
}

/** The server carries the teacher and so many more voices at once; in a seminar no more have their microphones on. */
const voices = 6;

/** What a browser gives to the smaller pictures, as shares of the largest. */
const shares = [0.1, 0.35];

const layersOf = ({ kbps, layers }: Media): number[] =>
  [...shares.slice(3 - layers), 1].slice(-layers).map((share) => Math.round(kbps * share));

const sends = (seat: number, dress: Dress, media: Media): TrackPlan[] => [
  ...(seat < voices ? [microphone(1000 + seat * 20, dress)] : []),
  camera(1010 + seat * 20, dress, media.codec, dress === 'plain' ? [media.kbps] : layersOf(media)),
];

export function lecture(viewers: number, dress: Dress, media: Media): Case {
  return {
    name: `lecture 1 → ${viewers}, ${dress === 'plain' ? 'plain' : 'as a browser'}`,
    ...{ shape: 'lecture', dress, people: viewers + 1, receivers: viewers },
    sends: (seat) => (seat === 0 ? sends(0, dress, media) : []),
    receives: (seat) => (seat === 0 ? 0 : 2),
  };
}

export function seminar(people: number, dress: Dress, media: Media): Case {
  const speaking = Math.min(voices, people);
  return {
    name: `seminar ${people} × ${people}, ${dress === 'plain' ? 'plain' : 'as a browser'}`,
    ...{ shape: 'seminar', dress, people, receivers: people - 1 },
    sends: (seat) => sends(seat, dress, media),
    receives: (seat) => people - 1 + speaking - (seat < speaking ? 1 : 0),
  };
}
