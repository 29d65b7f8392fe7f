#!/bin/sh
# Puts the launcher together in target/: `alicia-mqtt-broker`, the executable alicia-mqtt-broker.jar that it starts
# (the jar of this module and lib/ by its manifest), and an archive of loaded classes for a quick start.
#
# Usage: build.sh JAVA_HOME TARGET_DIRECTORY JAR_OF_THIS_MODULE TIMESTAMP
# with TIMESTAMP as in 2026-11-22T00:00:00Z: the date of what is in the jar, so that each build makes the same jar.
set -e

java_home=$1
target=$2
jar=$3
timestamp=$4
source=$(cd "${0%/*}" && pwd)

cd "$target"
rm -rf launcher
mkdir -p launcher/META-INF
{
    echo "Manifest-Version: 1.0"
    echo "Main-Class: io.alicia.mqtt.broker.cli.Main"
    echo "Class-Path: $jar"
    for library in lib/*.jar; do
        # A line may have 72 bytes; one that begins with a space continues the line before.
        echo "  $library" | fold -w 70 | sed '2,$s/^/ /'
    done
} > launcher/META-INF/MANIFEST.MF
TZ=UTC touch -d "$timestamp" launcher/META-INF/MANIFEST.MF launcher/META-INF
rm -f alicia-mqtt-broker.jar alicia-mqtt-broker.jsa
# A jar has local times; and the jar tool dates a manifest of its own making today.
TZ=UTC "$java_home/bin/jar" --create --no-manifest --file alicia-mqtt-broker.jar -C launcher META-INF
rm -r launcher

cp "$source/alicia-mqtt-broker" alicia-mqtt-broker
chmod 755 alicia-mqtt-broker

# The archive is only a shortcut: where it can't be made, the broker starts without.
work=$(mktemp -d)
"$java_home/bin/java" -XX:ArchiveClassesAtExit="$PWD/alicia-mqtt-broker.jsa" -XX:TieredStopAtLevel=1 \
    -Xlog:disable -Xlog:all=error:stderr \
    -cp "$PWD/alicia-mqtt-broker.jar" io.alicia.mqtt.broker.cli.Rehearsal "$work" || true
rm -rf "$work"

chmod a+r alicia-mqtt-broker.jar "$jar" lib/*.jar
[ ! -f alicia-mqtt-broker.jsa ] || chmod a+r alicia-mqtt-broker.jsa
