// What this person sends: microphone, camera and screen, from the lobby on; and how loud they are.
import type { SendLimits } from '../../server/contract/ladder.ts';
import type { ParticipantView } from '../../server/contract/room.ts';
import type { Call } from './calls.ts';
import { chooseDevice, type DeviceKind, openCamera, openMicrophone, openScreen } from './devices.ts';
import { Observable } from './observable.ts';
import { isLive, type OwnSource } from './own-source.ts';
import { OwnTrack } from './own-track.ts';
import type { Sender } from './send.ts';
import { noLimits } from './send-limits.ts';
import { SpeechDetector, watchLevel } from './speaking.ts';
import { UplinkHint, uplinkOf } from './uplink.ts';

const hintShownMs = 4_000;
const uplinkEveryMs = 3_000;

export class OwnMedia {
  /** Loudness of the own voice, 0 to 1, also while muted. */
  readonly level = new Observable(0);
  /** The person speaks, but is muted. */
  readonly speaksMuted = new Observable(false);
  /** The camera is on, and yet not sent: the line has no room for it beside the voice. */
  readonly cameraDark = new Observable(false);
  readonly #uplink = new UplinkHint();
  #uplinkTimer: ReturnType<typeof setInterval> | undefined;
  #limits = noLimits;
  #sender: Sender | undefined;
  readonly #microphone: OwnTrack;
  readonly #camera: OwnTrack;
  readonly #screen: OwnTrack;
  readonly #screenSound: OwnTrack;
  #stopLevel: (() => void) | undefined;
  #heardTrack: MediaStreamTrack | null = null;
  #hint: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Call) {
    this.#microphone = new OwnTrack('microphone', call, () => void this.#deviceLost(this.#microphone, openMicrophone));
    this.#camera = new OwnTrack('camera', call, () => void this.#deviceLost(this.#camera, openCamera));
    this.#screen = new OwnTrack('screen', call, () => this.stopScreen());
    this.#screenSound = new OwnTrack('screen-audio', call, () => this.#screenSound.stop());
    this.#microphone.state.subscribe(() => this.#listen());
    this.#camera.state.subscribe(() => this.#keepCameraDark());
  }

  get microphone(): Observable<OwnSource> {
    return this.#microphone.state;
  }

  get camera(): Observable<OwnSource> {
    return this.#camera.state;
  }

  get screen(): Observable<OwnSource> {
    return this.#screen.state;
  }

  async speak(): Promise<void> {
    if (this.#microphone.isOn) await this.#microphone.setMuted(false);
    else await this.#microphone.start(openMicrophone);
  }

  async mute(): Promise<void> {
    await this.#microphone.setMuted(true);
  }

  async toggleMicrophone(): Promise<void> {
    if (isLive(this.microphone.value)) await this.mute();
    else await this.speak();
  }

  /** Gives the device back altogether: joining without a microphone. */
  dropMicrophone(): void {
    this.#microphone.stop();
  }

  async showCamera(): Promise<void> {
    await this.#camera.start(openCamera);
  }

  hideCamera(): void {
    this.#camera.stop();
  }

  async toggleCamera(): Promise<void> {
    if (this.#camera.isOn) this.hideCamera();
    else await this.showCamera();
  }

  async shareScreen(): Promise<void> {
    const sounds: MediaStreamTrack[] = [];
    // The browser's choice is a part of starting: stopping meanwhile holds for what is chosen later.
    const shared = await this.#screen.start(async () => {
      const opened = await openScreen();
      if (!opened.ok) return opened;
      if (opened.value.sound) sounds.push(opened.value.sound);
      return { ok: true, value: opened.value.picture };
    });
    for (const sound of sounds) {
      if (shared) {
        // That of a screen which the server has closed may still be there.
        this.#screenSound.stop();
        await this.#screenSound.start(() => Promise.resolve({ ok: true, value: sound }));
      } else {
        sound.stop();
      }
    }
  }

  stopScreen(): void {
    this.#screen.stop();
    this.#screenSound.stop();
  }

  async choose(kind: Exclude<DeviceKind, 'speaker'>, id: string): Promise<void> {
    chooseDevice(kind, id);
    if (kind === 'microphone') await this.#microphone.exchange(openMicrophone);
    else await this.#exchangeCamera();
  }

  forgetTroubles(): void {
    for (const track of this.#all()) track.forgetTrouble();
  }

  limit(limits: SendLimits): void {
    this.#limits = limits;
    this.#sender?.limit(limits);
    this.#keepCameraDark();
  }

  async attach(sender: Sender): Promise<void> {
    this.#sender = sender;
    clearInterval(this.#uplinkTimer);
    this.#uplinkTimer = setInterval(() => void this.#watchUplink(), uplinkEveryMs);
    sender.limit(this.#limits);
    await Promise.all(this.#all().map((track) => track.attach(sender)));
  }

  detach(): void {
    this.#sender = undefined;
    clearInterval(this.#uplinkTimer);
    for (const track of this.#all()) track.detach();
  }

  follow({ tracks, may }: ParticipantView): void {
    this.#microphone.follow(tracks, may.microphone);
    this.#camera.follow(tracks, may.camera);
    this.#screen.follow(tracks, may.screen);
    this.#screenSound.follow(tracks, may.screen);
    if (!this.#screen.isOn && this.#screenSound.isOn) this.#screenSound.stop();
  }

  close(): void {
    this.detach();
    this.#limits = noLimits;
    for (const track of this.#all()) track.stop();
  }

  #all(): readonly OwnTrack[] {
    return [this.#microphone, this.#camera, this.#screen, this.#screenSound];
  }

  /** L8: paused, so that the others see a name and no standing picture; the device stays open, and comes back by itself. */
  #keepCameraDark(): void {
    const isOn = this.#camera.state.value.status === 'on';
    const isDark = isOn && (this.#limits.camera === 'off' || this.#uplink.isDark);
    if (isDark === this.cameraDark.value) return;
    this.cameraDark.set(isDark);
    if (isOn) void this.#camera.setMuted(isDark);
  }

  /** One that was lost while it was dark starts dark again, though there may be room for it by now. */
  async #exchangeCamera(): Promise<void> {
    const wasLost = !this.#camera.isOn;
    await this.#camera.exchange(openCamera);
    if (wasLost && !this.cameraDark.value && this.#camera.state.value.pausedBy.includes('self')) await this.#camera.setMuted(false);
  }

  async #watchUplink(): Promise<void> {
    if (this.#camera.state.value.status !== 'on') return;
    const report = await this.#sender?.stats().catch(() => null);
    if (!report) return;
    const { availableBps, limitedByLine } = uplinkOf(report.values());
    this.#uplink.heard(availableBps, limitedByLine, performance.now());
    this.#keepCameraDark();
  }

  /** Unplugged: whatever other device there is takes over; if there is none, say so. */
  async #deviceLost(track: OwnTrack, open: typeof openCamera): Promise<void> {
    await track.exchange(async () => {
      const opened = await open();
      return opened.ok ? opened : { ok: false, trouble: 'lost' };
    });
  }

  #listen(): void {
    const { track } = this.microphone.value;
    if (track === this.#heardTrack) return;
    this.#heardTrack = track;
    this.#stopLevel?.();
    this.#stopLevel = undefined;
    this.level.set(0);
    if (!track) return;
    const speech = new SpeechDetector();
    this.#stopLevel = watchLevel(track, (level) => {
      this.level.set(level);
      if (speech.hear(level)) this.#spoke();
    });
  }

  #spoke(): void {
    if (isLive(this.microphone.value)) {
      this.speaksMuted.set(false);
      return;
    }
    this.speaksMuted.set(true);
    clearTimeout(this.#hint);
    this.#hint = setTimeout(() => this.speaksMuted.set(false), hintShownMs);
  }
}
