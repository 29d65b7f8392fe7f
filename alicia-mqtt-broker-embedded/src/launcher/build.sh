#!/bin/sh
# Puts the launcher together in target/: `alicia-mqtt-broker`, the executable alicia-mqtt-broker.jar that it starts
# (the jar of this module and lib/ by its manifest), and an archive of loaded classes for a quick start.
#
# Usage: build.sh JAVA_HOME TARGET_DIRECTORY JAR_OF_THIS_MODULE
set -e

java_home=$1
target=$2
jar=$3
source=$(cd "${0%/*}" && pwd)

cd "$target"
{
    echo "Main-Class: io.alicia.mqtt.broker.cli.Main"
    echo "Class-Path: $jar"
    for library in lib/*.jar; do
        # A line may have 72 bytes; one that begins with a space continues the line before.
        echo "  $library" | fold -w 70 | sed '2,$s/^/ /'
    done
} > launcher-manifest.txt
rm -f alicia-mqtt-broker.jar alicia-mqtt-broker.jsa
"$java_home/bin/jar" --create --file alicia-mqtt-broker.jar --manifest launcher-manifest.txt
rm launcher-manifest.txt

cp "$source/alicia-mqtt-broker" alicia-mqtt-broker
chmod 755 alicia-mqtt-broker

# The archive is only a shortcut: where it can't be made, the broker starts without.
work=$(mktemp -d)
"$java_home/bin/java" -XX:ArchiveClassesAtExit="$PWD/alicia-mqtt-broker.jsa" \
    -Xlog:disable -Xlog:all=error:stderr \
    -cp "$PWD/alicia-mqtt-broker.jar" io.alicia.mqtt.broker.cli.Rehearsal "$work" || true
rm -rf "$work"

chmod a+r alicia-mqtt-broker.jar "$jar" lib/*.jar
[ ! -f alicia-mqtt-broker.jsa ] || chmod a+r alicia-mqtt-broker.jsa
