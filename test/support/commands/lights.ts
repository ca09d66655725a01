import { first, type Case } from './case.ts';

/** Lights, wipers, display. */
export const LIGHTS_COMMANDS: readonly Case[] = [
  {
    intent: 'light.headlight.on',
    then: { 'Body.Lights.LightSwitch': 'BEAM', 'Body.Lights.Beam.Low.IsOn': true },
  },
  {
    intent: 'light.headlight.off',
    then: { 'Body.Lights.LightSwitch': 'OFF', 'Body.Lights.Beam.Low.IsOn': false },
  },
  {
    intent: 'light.headlight.set',
    slots: { mode: 'parking lights' },
    then: { 'Body.Lights.LightSwitch': 'POSITION', 'Body.Lights.Parking.IsOn': true },
  },
  {
    intent: 'light.high_beam.on',
    then: { 'Body.Lights.Beam.High.IsOn': true, 'Body.Lights.Beam.Low.IsOn': true },
  },
  {
    intent: 'light.high_beam.off',
    given: first('light.high_beam.on'),
    then: { 'Body.Lights.Beam.High.IsOn': false },
  },
  {
    intent: 'light.high_beam.set',
    slots: { mode: 'auto' },
    then: { 'Body.Lights.Beam.High.IsAutomatic': true },
  },
  {
    intent: 'light.fog.on',
    slots: { direction: 'rear' },
    then: { 'Body.Lights.Fog.Rear.IsOn': true, 'Body.Lights.Fog.Front.IsOn': false },
  },
  {
    intent: 'light.fog.off',
    given: first('light.fog.on'),
    then: { 'Body.Lights.Fog.Rear.IsOn': false, 'Body.Lights.Fog.Front.IsOn': false },
  },
  { intent: 'light.hazard.on', then: { 'Body.Lights.Hazard.IsSignaling': true } },
  {
    intent: 'light.hazard.off',
    given: first('light.hazard.on'),
    then: { 'Body.Lights.Hazard.IsSignaling': false },
  },
  { intent: 'light.interior.on', then: { 'Cabin.Light.IsDomeOn': true } },
  {
    intent: 'light.interior.on',
    slots: { mode: 'reading' },
    seat: 'rear_right',
    then: { 'Cabin.Light.Spotlight.Row2.PassengerSide.IsLightOn': true, 'Cabin.Light.IsDomeOn': false },
  },
  {
    intent: 'light.interior.off',
    given: first('light.interior.on'),
    then: { 'Cabin.Light.IsDomeOn': false },
  },
  {
    intent: 'light.interior.set',
    slots: { level: { value: 30, unit: 'percent' } },
    then: { 'Cabin.Light.DomeIntensity': 30, 'Cabin.Light.IsDomeOn': true },
  },
  { intent: 'light.interior.increase', then: { 'Cabin.Light.DomeIntensity': 80 } },
  { intent: 'light.interior.decrease', then: { 'Cabin.Light.DomeIntensity': 40 } },
  { intent: 'light.ambient.on', then: { 'Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn': true } },
  {
    intent: 'light.ambient.off',
    given: first('light.ambient.on'),
    then: { 'Cabin.Light.AmbientLight.Row1.PassengerSide.IsLightOn': false },
  },
  {
    intent: 'light.ambient.set',
    slots: { color: '#ff8800', level: 'max' },
    then: {
      'Cabin.Light.AmbientLight.Row1.DriverSide.Color': '#FF8800',
      'Cabin.Light.AmbientLight.Row1.DriverSide.Intensity': 100,
    },
  },
  { intent: 'light.ambient.increase', then: { 'Cabin.Light.AmbientLight.Row1.DriverSide.Intensity': 60 } },
  { intent: 'light.ambient.decrease', then: { 'Cabin.Light.AmbientLight.Row1.DriverSide.Intensity': 20 } },
  {
    intent: 'display.brightness.set',
    slots: { level: 'low' },
    then: { 'Cabin.Infotainment.HMI.Brightness': 25 },
  },
  { intent: 'display.brightness.increase', then: { 'Cabin.Infotainment.HMI.Brightness': 90 } },
  {
    intent: 'display.brightness.decrease',
    slots: { amount: { value: 100, unit: 'percent' } },
    then: { 'Cabin.Infotainment.HMI.Brightness': 5 },
  },
  { intent: 'wiper.on', then: { 'Body.Windshield.Front.Wiping.Mode': 'MEDIUM' } },
  { intent: 'wiper.off', given: first('wiper.on'), then: { 'Body.Windshield.Front.Wiping.Mode': 'OFF' } },
  {
    intent: 'wiper.set',
    slots: { mode: 'interval', direction: 'rear' },
    then: { 'Body.Windshield.Rear.Wiping.Mode': 'INTERVAL', 'Body.Windshield.Front.Wiping.Mode': 'OFF' },
  },
  {
    intent: 'wiper.increase',
    given: first('wiper.on'),
    then: { 'Body.Windshield.Front.Wiping.Mode': 'FAST' },
  },
  {
    intent: 'wiper.decrease',
    given: first('wiper.set', { mode: 'rain' }),
    then: { 'Body.Windshield.Front.Wiping.Mode': 'INTERVAL' },
  },
  {
    intent: 'wiper.washer.start',
    slots: { direction: 'rear' },
    then: {
      'Body.Windshield.Rear.WasherFluid.IsSpraying': true,
      'Body.Windshield.Front.WasherFluid.IsSpraying': false,
    },
  },
];
